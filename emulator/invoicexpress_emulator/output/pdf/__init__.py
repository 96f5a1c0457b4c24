"""The PDF of a document: an A4 page that a Portuguese accountant recognises, and that cannot be mistaken
for a real one.

The law requires on it: the four characters of the signature before "Processado por programa certificado
n.º 9999/AT" (Despacho 8632/2014, 2.2.2; receipts 2.2.3), the ATCUD on every page and directly above
the QR code (Portaria 195/2020, art. 4), the QR code of at least 30 mm, the reason of an exemption, the
retention after the total (2.2.7), the document that a note corrects (1.4), "Este documento não serve de
fatura" on documents that are no invoices (1.2), and the training mark with the software in the header (1.5).
The certificate number does not exist. All of it is on every copy.

The modules: `paper` measures and writes, `frame` is the top and bottom of every page, `parties`, `goods`,
`lines`, `receipt`, `summary` and `notes` are the parts of a page from its top to its foot, `words` and
`figures` differ between languages, `copies` decides how often a document is printed, `related_documents`
finds the ones that it names, and `layout` puts all together.
"""
