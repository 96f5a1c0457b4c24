"""The version of the package. It stands here, since the metadata of installed packages load slowly."""

VERSION = "0.1.0"
