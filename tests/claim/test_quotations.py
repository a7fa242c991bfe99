from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.claim.quotations import quotations
from tocsin.understand.pipeline import load, parse_text


def quoted(text: str) -> list[tuple[str, bool]]:
    parse = parse_text(load(), text)
    return [(parse.words(q.start, q.end), q.direct) for q in quotations(parse)]


def test_a_sentence_is_speech_and_a_word_is_not() -> None:
    assert quoted('"We will fight on," the colonel said. He called it a "small matter" yesterday.') == [
        ('"We will fight on,"', True),
        ('"small matter"', False),
    ]


def test_old_wire_marks_and_typographic_marks() -> None:
    assert quoted("``We will fight on,'' the colonel said.")[0][1]
    assert quoted("“We will fight on,” the colonel said.")[0][1]


def test_a_quotation_runs_on_over_paragraphs() -> None:
    text = '"We will fight on.\n\n"We will not yield," the colonel said.'
    assert [q for q, _ in quoted(text)] == ['"We will fight on. "We will not yield,"']


def test_an_unclosed_quotation_ends_with_its_sentence() -> None:
    text = 'He said: "We will fight on. The town was quiet on Monday. Nobody was hurt, the mayor told the council.'
    assert [q for q, _ in quoted(text)] == ['"We will fight on.']


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from(['"', "We left.", "he said,", "The men", ",", ".", "\n\n", "“", "”", "''"]), max_size=14)
)
def test_quotations_are_ordered_and_do_not_overlap(parts: list[str]) -> None:
    parse = parse_text(load(), " ".join(parts))
    end = 0
    for q in quotations(parse):
        assert end <= q.start < q.end <= len(parse)
        end = q.end
