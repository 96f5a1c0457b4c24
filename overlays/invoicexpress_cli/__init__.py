"""The command `invoicexpress`: documents, files, SAF-T and reports, for people who do not write Python.

It comes with the extra `cli`, and uses public names of the client only. Each command is a function in
`commands/`; what they share is here: accounts and keys (`settings`), one command's run (`session`), what it
prints (`output`, `texts`), and its exit code (`outcomes`).
"""
