"""Words that sheets use: English, Polish, Greek; without accents, in small letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key")

_COLUMNS = {
    "external_id": "id|external id|identifier|identyfikator|nr|αναγνωριστικο",
    "occurred_at": "when|date and time|occurred at|data i godzina|kiedy|ποτε",
    "date": "date|day|data|dzien|ημερομηνια",
    "time": "time|hour|godzina|czas|ωρα",
    "channel": "channel|type|kind|kanal|typ|rodzaj|καναλι|τυπος",
    "direction": "direction|kierunek|κατευθυνση",
    "state": "state|status|result|stan|wynik|κατασταση",
    "address": "address|e-mail|email|phone|telephone|mobile|number|from"
    "|telefon|komorka|numer|adres|adres e-mail|numer telefonu|τηλεφωνο|κινητο",
    "partner_id": "customer id|partner id|id klienta|κωδικος πελατη",
    "user": "user|employee|our person|login|pracownik|uzytkownik|χρηστης",
    "company_id": "branch id|company id|id oddzialu",
    "subject": "subject|title|temat|tytul|θεμα",
    "text": "text|note|notes|content|body|tresc|notatka|opis|κειμενο|σημειωσεις",
    "duration": "duration|seconds|length|czas trwania|διαρκεια",
    "is_automatic": "automatic|automatyczny",
    "needs_no_answer": "needs no answer|bez odpowiedzi",
    "is_confidential": "confidential|poufne|poufny|εμπιστευτικο",
}
_CHANNELS = {
    "call": "call|phone|phone call|telephone|telefon|rozmowa|polaczenie|κληση|τηλεφωνο",
    "email": "email|e-mail|mail|ηλεκτρονικο ταχυδρομειο",
    "sms": "sms|text message|wiadomosc sms|μηνυμα",
    "chat": "chat|live chat|czat",
    "meeting": "meeting|spotkanie|συναντηση",
    "visit": "visit|wizyta|επισκεψη",
    "talk": "talk|note of a talk|conversation|notatka z rozmowy|σημειωμα συνομιλιας",
    "letter": "letter|post|list|poczta|επιστολη|γραμμα",
    "social": "social|social message|messenger|whatsapp|facebook|instagram",
    "web_form": "web form|form|web_form|formularz|φορμα",
    "portal": "portal|portal message",
}
_DIRECTIONS = {
    "incoming": "incoming|in|inbound|przychodzace|przychodzacy|przychodzaca"
    "|εισερχομενη",
    "outgoing": "outgoing|out|outbound|wychodzace|wychodzacy|wychodzaca|εξερχομενη",
}
_STATES = {
    "done": "done|ok|zakonczone|ολοκληρωθηκε",
    "answered": "answered|odebrane|odebrany|απαντηθηκε",
    "missed": "missed|no answer|nieodebrane|nieodebrany|αναπαντητη",
    "voicemail": "voicemail|poczta glosowa|τηλεφωνητης",
    "failed": "failed|nieudane|απετυχε",
}
_FLAGS = {
    True: "yes|true|1|x|tak|ναι",
    False: "no|false|0|nie|οχι",
}


def flat(text: str) -> str:
    """Return a word to look up: small letters, no accents, single spaces."""
    small = text.lower().replace("ł", "l").replace("ς", "σ").replace("_", " ")
    plain = unicodedata.normalize("NFD", small)
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(bare.split()).rstrip(":")


def _by_word(words: Mapping[Key, str]) -> dict[str, Key]:
    return {flat(word): key for key, line in words.items() for word in line.split("|")}


COLUMNS_BY_WORD = _by_word(_COLUMNS) | {flat(name): name for name in _COLUMNS}
CHANNELS_BY_WORD = _by_word(_CHANNELS)
DIRECTIONS_BY_WORD = _by_word(_DIRECTIONS)
STATES_BY_WORD = _by_word(_STATES)
FLAGS_BY_WORD = _by_word(_FLAGS)
