"""Tests mirror the packages; journeys drive the whole product."""
