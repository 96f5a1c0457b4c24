"""The fiscal self-check: whether the stored books hold what the law requires of issued documents.

It is a second reading of the same law. Everything is made anew from raw rows, by other means than those
that made it: fractions in place of decimals, a public key in place of the signer, a reader of QR texts
and of SAF-T files. It shares with the rules only tables of names (types, prefixes, countries), and it
calls them only for texts that are not stored: the text of a QR code, the file of a month.
"""
