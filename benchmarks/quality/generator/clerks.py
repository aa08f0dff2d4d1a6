"""How branch staff type a customer: by what lies in front of them, and by habit.

A customer reaches a register over a channel. The channel decides which fields are
known and how the name looks; the clerk's habits (capitals, accents, form of telephone
numbers) colour all of that clerk's records alike. Slips come on top.
"""

from __future__ import annotations

from .customers import Contact, Customer
from .identifiers import DIAL, TRUNK, Phone
from .latin import ascii_text, greek_to_latin, without_accents
from .slips import misheard, slip, wrong_digit
from .staff import Channel, Clerk
from .words_of import Words, words_of

COLUMNS = (
    *("record_id", "cluster_id", "branch", "is_company", "name", "vat"),
    *("company_registry", "email", "phone", "mobile", "website", "street", "city"),
    *("zip", "country_code", "contact_person", "tags"),
)
Row = dict[str, str]


class Typing:
    """One record coming into being."""

    def __init__(self, customer: Customer, clerk: Clerk, channel: Channel):
        self.customer = customer
        self.clerk = clerk
        self.channel = channel
        self.rng = clerk.rng
        self.words: Words = words_of(customer.country)
        self.tags = [channel.name]
        self.contact: Contact | None = None
        if customer.contacts and self.chance(channel.own_contact):
            self.contact = self.rng.choice(customer.contacts)

    def chance(self, percent: float) -> bool:
        return self.rng.random() * 100 < percent

    def knows(self, what: str) -> bool:
        return self.chance(self.channel.fills.get(what, 0))

    def row(self) -> Row:
        """Return the record as saved."""
        customer = self.customer
        row = dict.fromkeys(COLUMNS, "")
        row |= self._numbers() | self._reach() | self._place()
        row["branch"] = self.clerk.branch
        row["is_company"] = "1" if customer.is_company else "0"
        row["name"] = self._name(row)
        if customer.is_company and self.contact and self.knows("contact"):
            row["contact_person"] = self._person(self.contact.person)
        if not self.chance(8):
            row["country_code"] = customer.country
        if not customer.is_company and not row["phone"] + row["email"] + row["street"]:
            row["phone"] = self._phone(customer.phone) if customer.phone else ""
        row["tags"] = ";".join(dict.fromkeys(self.tags))
        return row

    # ---- name

    def _name(self, row: Row) -> str:
        if not self.customer.is_company:
            name = self._person(self.customer.person)
        elif self.customer.person and self.chance(7):
            self.tags.append("person_vs_company")
            row["is_company"] = "0"
            name = self._person(self.customer.person)
        else:
            name = self._firm_name()
        name = self._styled(name)
        if self.chance(self.channel.hears):
            self.tags.append("misheard")
            name = misheard(name, self.customer.country, self.rng)
        if self.chance(self.channel.slips):
            self.tags.append("slip")
            name = slip(name, self.rng)
        if self.channel.name == "migrated" and len(name) > 32:
            self.tags.append("truncated")
        return name[:32].rstrip() if self.channel.name == "migrated" else name.strip()

    def _firm_name(self) -> str:
        is_full = self.chance(self.channel.full_name)
        kept = [
            text
            for kind, ways in self.customer.parts
            if (text := self._part(kind, ways, is_full))
        ]
        if len(kept) > 2 and self.chance(6):
            self.tags.append("reorder")
            kept = [*kept[1:-1], kept[0], kept[-1]]
        return " ".join(kept)

    def _part(self, kind: str, ways: tuple[str, ...], is_full: bool) -> str:
        """Return one part of a firm's name as it comes to mind, "" if it does not."""
        if is_full and kind != "legal":
            return ways[0]
        if kind == "legal":
            if self.chance(25 if is_full else 70):
                self.tags.append("no_legal_form")
                return ""
            return self.rng.choice(ways)
        if kind == "prefix":
            return ways[0] if self.chance(40) else ""
        if kind == "trade":
            if self.chance(22):
                self.tags.append("no_trade")
                return ""
            return self.rng.choice(ways)
        if kind in {"owner", "place"} and self.chance(25):
            self.tags.append(f"short_{kind}")
            return ways[-1]
        return ways[0]

    def _person(self, person) -> str:
        given, surname = person.given, person.surname
        if self.chance(7 if self.channel.name != "call" else 20):
            nick = self.words.nicknames.get(given, given)
            if nick != given:
                self.tags.append("nickname")
            given = nick
        elif self.chance(5):
            self.tags.append("initial")
            given = f"{given[0]}."
        if person.is_female and self.chance(3):
            self.tags.append("maiden")
            surname = self.words.surname(self.rng)
        title = f"{self.words.pick(self.rng, 'titles')} " if self.chance(3) else ""
        if self.chance(28):
            self.tags.append("surname_first")
            return f"{title}{surname} {given}"
        return f"{title}{given} {surname}"

    def _styled(self, text: str) -> str:
        """Write as this clerk, or the old program, does."""
        country = self.customer.country
        if country == "GR" and (
            self.channel.name == "migrated" or self.chance(12 + 60 * self.clerk.latin)
        ):
            self.tags.append("latin")
            text = greek_to_latin(text, self.rng if self.chance(30) else None)
        if self.channel.name == "migrated":
            self.tags.append("ascii")
            return (ascii_text(text, country) if self.chance(80) else text).upper()
        if self.clerk.no_accents or self.chance(4):
            self.tags.append("no_accents")
            text = without_accents(text.replace("ł", "l").replace("Ł", "L"))
        if self.clerk.case == "upper":
            return text.upper()
        return text.lower() if self.clerk.case == "lower" or self.chance(2) else text

    # ---- numbers

    def _numbers(self) -> Row:
        customer, row = self.customer, {}
        if customer.vat and self.knows("vat"):
            row["vat"] = self._vat(customer.vat)
        if customer.registry and self.knows("registry"):
            row["company_registry"] = customer.registry
        return row

    def _vat(self, number: str) -> str:
        country = self.customer.country
        if self.chance(1.5):
            self.tags.append("vat_slip")
            number = wrong_digit(number, self.rng)
        prefix = "EL" if country == "GR" else country
        forms = (
            number,
            prefix + number,
            f"{prefix} {number}",
            f"{number[:3]}-{number[3:6]}-{number[6:8]}-{number[8:]}".rstrip("-"),
            f"{number[:3]} {number[3:6]} {number[6:]}",
        )
        return forms[self.clerk.vat_form if self.chance(70) else self.rng.randrange(5)]

    # ---- telephone, mail, web

    def _reach(self) -> Row:
        customer, contact, row = self.customer, self.contact, {}
        if self.knows("phone") and customer.phone:
            number = contact.phone if contact else customer.phone
            field_name = "mobile" if number.is_mobile and self.chance(45) else "phone"
            row[field_name] = self._phone(number)
            if contact and self.chance(25):
                row["phone" if field_name == "mobile" else "mobile"] = self._phone(
                    customer.phone
                )
        if self.knows("email") and customer.email:
            email = contact.email if contact else customer.email
            if self.chance(1.5):
                self.tags.append("email_slip")
                email = slip(email.split("@")[0], self.rng) + "@" + email.split("@")[1]
            row["email"] = email.upper() if self.chance(2) else email
        if self.knows("website") and customer.domain:
            form = self.rng.choice(("www.{}", "https://www.{}/", "{}", "http://{}"))
            row["website"] = form.format(customer.domain)
        return row

    def _phone(self, number: Phone) -> str:
        national = number.national
        if self.chance(1.2):
            self.tags.append("phone_slip")
            national = wrong_digit(national, self.rng)
        dial, local = DIAL[number.country], TRUNK[number.country] + national
        cut = 2 if number.country == "PL" and not number.is_mobile else 3
        forms = (
            local,
            f"+{dial}{national}",
            f"+{dial} {national[:3]} {national[3:6]} {national[6:]}",
            f"00{dial} {national}",
            f"{local[:3]}-{local[3:6]}-{local[6:]}",
            f"({local[:cut]}) {local[cut:]}",
            f"tel. {local[:4]} {local[4:]}",
        )
        own = self.clerk.phone_form if self.chance(75) else self.rng.randrange(7)
        extension = (
            f" {self.rng.choice(('wew.', 'ext.', 'int.'))} {self.rng.randint(10, 99)}"
        )
        return forms[own] + (extension if self.chance(3) else "")

    # ---- place

    def _place(self) -> Row:
        customer, row = self.customer, {}
        place = customer.address
        if customer.old_address and self.chance(45):
            self.tags.append("moved")
            place = customer.old_address
        if self.knows("city"):
            row["city"] = self._styled(self._city(place.city))
        if self.knows("zip"):
            row["zip"] = (
                place.zip_code.replace("-", "") if self.chance(15) else place.zip_code
            )
        if self.knows("street"):
            street = self._street(place)
            row["street"] = slip(street, self.rng) if self.chance(4) else street
        return row

    def _city(self, city) -> str:
        if city.variants and self.chance(14):
            self.tags.append("city_variant")
            return self.rng.choice(city.variants)
        return city.name

    def _street(self, place) -> str:
        name, country = place.street, self.customer.country
        if country == "DE" and name.endswith("straße") and self.chance(50):
            name = name[:-6] + self.rng.choice(("str.", "strasse", "Str."))
        flat = (
            self.rng.choice((f"/{place.flat}", f" m. {place.flat}", ""))
            if place.flat
            else ""
        )
        if country == "GB":
            short = name.replace("Street", "St").replace("Road", "Rd")
            return f"{place.number} {short if self.chance(40) else name}"
        words = (
            self.rng.choice(place.street_words)
            if self.chance(60)
            else place.street_words[0]
        )
        return self._styled(f"{words} {name} {place.number}{flat}".strip())
