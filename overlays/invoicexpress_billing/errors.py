"""What a billing run raises."""

from __future__ import annotations


class BillingError(Exception):
    """A run cannot begin or go on. The text says what was wrong, where, and what to do."""


class JournalError(BillingError):
    """The journal is of another version, run or file, is exposed, or its database does not answer."""


class ClaimLostError(JournalError):
    """This process was suspended for so long that another one took its document over."""


class RunStoppedError(BillingError):
    """Something stands in the way of all documents, such as the plan's limit or a wrong key.

    The run stopped there; nothing else failed. Remove the cause, then start the run again.
    """


class InputRefusedError(BillingError):
    """The file has faults, or a document could not be issued as it stands. Nothing was sent."""

    def __init__(self, faults: tuple[object, ...]) -> None:
        super().__init__(faults)
        self.faults = faults
        """Each fault as a sentence, or with its row, column and message."""

    def __str__(self) -> str:
        return "; ".join(map(str, self.faults))
