"""Tests of the cloud on one machine."""
