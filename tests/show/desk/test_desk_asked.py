"""Addresses mean queries, and queries addresses, without loss."""

from __future__ import annotations

import base64
import urllib.parse
from typing import Any, get_args

import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import Response
from starlette.testclient import TestClient
from tests.show.desk.conftest import Client, plain

from tocsin.errors import UsageError
from tocsin.ledger import Query
from tocsin.ledger.query import Sort
from tocsin.model import Status
from tocsin.show.desk import problems
from tocsin.show.desk.asked import NAMES, Asked, address, asked, parameters

app = FastAPI()
seen: list[Query] = []


@app.get("/")
def look(query: Asked) -> Response:
    seen.append(query)
    return Response()


problems.register(app)
over = TestClient(app, base_url="http://localhost")

words = st.from_regex(r"[a-zA-Z]{2,8}( [a-zé]{2,8})?", fullmatch=True)
several = st.lists(words, min_size=1, max_size=3, unique=True).map(tuple)
modes = st.lists(st.sampled_from(["drone", "humanitarian", "military"]), min_size=1, unique=True).map(tuple)
sectors = st.lists(st.sampled_from(["GOV", "MIL", "REB", "SET"]), min_size=1, unique=True).map(tuple)
countries = st.lists(st.sampled_from(["PRK", "RUS", "USA", "SUN"]), min_size=1, max_size=3, unique=True).map(tuple)
days = st.dates().map(str)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "words": words, "scope": st.just("article"), "types": st.just(("AID", "ASSAULT")), "modes": modes,
    "statuses": st.lists(st.sampled_from(get_args(Status)), min_size=1, unique=True).map(tuple),
    "actor": words, "recipient": words, "source": words, "place": words,
    "actor_country": countries, "recipient_country": countries, "source_country": countries,
    "place_country": countries, "actor_sector": sectors, "recipient_sector": sectors, "source_sector": sectors,
    "bbox": st.just((-170.5, -10.0, 20.25, 80.0)), "time_from": days, "published_to": days,
    "figures": st.just(("killed>=10", "money<5")), "publishers": several, "agencies": several,
    "min_confidence": st.sampled_from([0.25, 1.0]), "superseded": st.just(True),
    "sort": st.sampled_from(get_args(Sort)),
}  # fmt: skip


@given(st.fixed_dictionaries({}, optional=FIELDS))
def test_an_address_leads_back_to_its_query(fields: dict[str, Any]) -> None:
    query = Query(**fields, limit=50)
    answer = over.get(address("/", query))
    assert answer.status_code == 200, answer.text
    assert seen[-1] == query


@pytest.mark.parametrize(
    "wrong",
    [
        {"mode": ["milatary"]},
        {"actor_sector": ["military"]},
        {"figure": ["dead>=10"]},
        {"type": ["AID"], "mode": ["drone"]},
    ],
)
def test_what_no_claim_can_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="there is no"):
        asked(**wrong)


def test_every_field_of_a_query_has_a_parameter() -> None:
    assert set(NAMES) == set(Query.__struct_fields__)
    assert len(set(NAMES.values())) == len(NAMES)
    assert set(FIELDS) | {"time_to", "published_from", "limit", "cursor"} == set(NAMES)


def test_empty_parameters_say_nothing() -> None:
    over.get("/?q=&type=&actor=&from=&status=occurred&place_country=&bbox=")
    assert seen[-1] == Query(statuses=("occurred",), limit=50)


def test_a_page_begins_anew_where_the_query_changes() -> None:
    query = Query(words="missiles", cursor="WyJuZXdlc3QiLDEsbnVsbF0", limit=10)
    assert parameters(query)[-2:] == [("limit", "10"), ("cursor", "WyJuZXdlc3QiLDEsbnVsbF0")]
    assert address("/find", query, statuses=("denied",)) == "/find?q=missiles&status=denied"
    assert address("/find", Query()) == "/find"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"from": "yesterday"}, "time-from: “yesterday” is not a date"),
        ({"type": "NOTHING"}, "type NOTHING: no such type"),
        ({"place_country": "Atlantis"}, "“Atlantis” is no country"),
        ({"figure": "many"}, "figure: “many” is no condition"),
        ({"bbox": "1,2,3"}, "bbox: “1,2,3” is no box"),
        ({"cursor": "x"}, "cursor: not one that a ledger gave"),
        ({"sort": "loudest"}, "sort: "),
        ({"limit": "0"}, "limit: "),
        ({"min_confidence": "nan"}, "min_confidence: "),
    ],
)
def test_what_cannot_be_meant_is_told_in_one_line(client: Client, given: dict[str, str], said: str) -> None:
    answer = client().get("/api/v1/find?" + urllib.parse.urlencode(given))
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    problem = plain(answer.content)
    assert said in problem["detail"]
    assert "\n" not in problem["detail"]
    assert problem["status"] == 422


def test_a_cursor_beyond_all_keys_is_none() -> None:
    for said in ('["newest",99999999999999999999,null]', '["latest",1,99999999999999999999]'):
        cursor = base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")
        with pytest.raises(UsageError, match="not one that a ledger gave"):
            asked(cursor=cursor, sort=said.split('"')[1])  # type: ignore[arg-type]
