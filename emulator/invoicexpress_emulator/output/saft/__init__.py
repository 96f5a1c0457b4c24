"""SAF-T (PT) 1.04_01: what an account issued in a month or a year, as the tax authority wants it (Portaria
302/2016).

Functions of documents, which come in slices: each is read twice, once for what stands before all documents
in the file (who bought, what, at which rates, and the sums), once to be written, and is then let go. Element
order is that of the official schema. Three choices:

* The net amounts of a document's lines are whole cents that add up to its net total, apportioned within
  each VAT rate as the QR code's bases are, so that all sums of the file hold exactly.
* `UnitPrice` is net of every discount (4.1.4.19.7), with as many decimals as give back that amount.
* A receipt settles whole amounts, VAT included, and so has no tax of its own, as its QR code says.
"""

from .audit_file import audit_file
from .content import Books, Period, Referred, Settled, Slice
from .markup import ENCODING, NAMESPACE

__all__ = ["ENCODING", "NAMESPACE", "Books", "Period", "Referred", "Settled", "Slice", "audit_file"]
