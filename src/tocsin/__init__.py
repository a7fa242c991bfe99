"""Tocsin reads published news into claims: who says that what happened, is under way, is planned or may come."""
