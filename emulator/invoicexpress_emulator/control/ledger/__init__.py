"""The ledger: which operations are emulated, what each of them does, and how that is known.

One row per operation, per behaviour, per message. It is the emulator's own account of its evidence, kept by
hand beside the code that it is about; nothing of it is read from the client or from the contract.
"""
