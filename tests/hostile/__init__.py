"""A web site that does everything wrong, on loopback: support for the tests of fetching."""
