"""SAF-T (PT) 1.04_01: the documents that an account issued in a month or a year (Portaria 302/2016).

The file is made of documents, which come in slices. Each slice is read twice, once for the part before all
documents (customers, products, rates and sums), once to be written, and is then let go. The order of elements
is that of the official schema. Three choices:

* The net amounts of a document's lines are whole cents that add up to its net total, apportioned within
  each VAT rate as the QR code's bases are, so that all sums of the file hold exactly.
* `UnitPrice` is net of every discount (4.1.4.19.7). Times `Quantity` it gives back the amount of the line to
  the cent: lines of many units have more than six decimals, and a line that took a leftover cent has it in
  its price.
* A receipt settles whole amounts, VAT included, and so has no tax of its own, as in its QR code.

`content` is the data of a file and `stored_books` reads it from SQLite; `audit_file` writes the file from
first line to last, with `header`, `master_files` and a module for each section. `export` is the end point,
and `data_file` exports from a data file that no emulator runs on.
"""
