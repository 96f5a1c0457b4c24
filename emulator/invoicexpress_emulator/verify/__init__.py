"""The fiscal self-check: what the law asks of issued documents, asked of what is stored.

It is a second reading of the same law. Everything is made anew from raw rows, by other means than those
that made it: fractions in place of decimals, a public key in place of the signer, a reader of QR texts
and of SAF-T files. What it shares with the rules are tables of names (types, prefixes, countries), and it
calls them for nothing but what is not stored: the text of a QR code, the file of a month.
"""
