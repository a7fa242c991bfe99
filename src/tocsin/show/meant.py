"""What is meant by the words in which a claim is asked for, on the command line and on the desk."""

from __future__ import annotations

from tocsin.claim.ontology import ontology
from tocsin.countries import countries
from tocsin.errors import UsageError


def country(said: str) -> str:
    """The code of a country that was named or given as a code."""
    if len(said) == 3 and said.isalpha() and (said.isupper() or said.upper() in countries().by_code):
        return said.upper()
    code = countries().code_of(said)
    if code is None:
        raise UsageError(f"“{said}” is no country that is known; give its English name or its ISO code, such as PRK")
    return code


def event_type(said: str, given: str = "--type") -> str:
    """A type of event, in capitals; `given` is what it was given as."""
    known = ontology().types
    if said.upper() not in known:
        raise UsageError(f"{given} {said}: no such type; there are {', '.join(known)}")
    return said.upper()


def phrase(word: str) -> str:
    """An argument as a question says it: several words in one argument follow each other."""
    if " " not in word.strip() or '"' in word:
        return word
    return f'-"{word[1:]}"' if word.startswith("-") else f'"{word}"'
