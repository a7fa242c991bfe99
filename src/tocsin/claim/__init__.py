"""Readings into claims: events proposed by rules, judged by models, with who vouches and how firmly."""
