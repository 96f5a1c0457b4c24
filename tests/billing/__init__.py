"""Tests of billing runs."""
