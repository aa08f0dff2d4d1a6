import io
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from document import (
    Block,
    Columns,
    DocumentError,
    Fact,
    Letterhead,
    Line,
    OfferDocument,
    Signature,
    Total,
    render_offer,
)

COLUMNS = Columns(
    "Description", "Quantity", "Unit", "Unit price", "Disc.", "Taxes", "Amount"
)
ITEM = Line(
    "item", "Lathe CX-400", "2.00", "Units", "80,000.00", "", "23%", "160,000.00"
)


@pytest.fixture(scope="session")
def offer(fonts):
    return OfferDocument(
        title="Quotation S00012",
        letterhead=Letterhead("Meridian Warszawa", ("ul. Puławska 145",), ("NIP 1",)),
        customer=Block("Customer", ("Zakład ŁĄCZNIK", "Kraków")),
        fonts=fonts,
        columns=COLUMNS,
        page_label="Page {page} of {pages}",
        facts=(Fact("Valid until", "12/31/2026"),),
        lines=(ITEM,),
        totals=(Total("Untaxed", "160,000.00"), Total("Total", "196,800.00", True)),
        remarks=(Block("Terms", ("Delivery EXW.",)),),
        signature=Signature(
            Block("Ours", ("Anna",)), Block("Theirs", ("Name", "Date"))
        ),
    )


def pages(pdf):
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def text(pdf):
    return "\n".join(pages(pdf))


def png(width=40, height=40):
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(stream, "PNG")
    return stream.getvalue()


def test_everything_given_is_on_the_page(offer):
    found = text(render_offer(offer))

    for expected in (
        "Quotation S00012",
        "Meridian Warszawa",
        "ul. Puławska 145",
        "NIP 1",
        "Zakład ŁĄCZNIK",
        "Valid until",
        "Lathe CX-400",
        "80,000.00",
        "196,800.00",
        "Delivery EXW.",
        "Anna",
        "Page 1 of 1",
    ):
        assert expected in found


def test_equal_documents_give_equal_bytes(offer):
    again = replace(offer, lines=tuple(replace(line) for line in offer.lines))

    assert render_offer(again) == render_offer(offer)
    assert render_offer(offer) == render_offer(offer)


def test_another_price_gives_other_bytes(offer):
    cheaper = replace(offer, lines=(replace(ITEM, unit_price="79,999.00"),))

    assert render_offer(cheaper) != render_offer(offer)


@pytest.mark.parametrize(
    "words",
    [
        "Zażółć gęślą jaźń ŁĄCZNIK źdźbło",
        "Προσφορά Ελλάδα άέήίόύώ ΐΰ ς",
        "Straße Größe",
    ],
    ids=["pl", "el", "de"],
)
def test_glyphs_of_our_languages_are_there(offer, words):
    found = text(render_offer(replace(offer, lines=(replace(ITEM, text=words),))))

    assert words in found


def test_many_lines_make_pages_with_repeated_heading_and_numbers(offer):
    lines = tuple(replace(ITEM, text=f"Machine number {index}") for index in range(120))

    found = pages(render_offer(replace(offer, lines=lines)))

    assert len(found) > 2
    for number, page in enumerate(found, start=1):
        assert f"Page {number} of {len(found)}" in page
        assert "Quotation S00012" in page
    assert all("Unit price" in page for page in found[:-1])
    assert "Machine number 119" in "".join(found)


def test_columns_nobody_uses_disappear(offer):
    with_discount = replace(offer, lines=(replace(ITEM, discount="5.00"),))

    assert "Disc." not in text(render_offer(offer))
    assert "Disc." in text(render_offer(with_discount))


def test_description_longer_than_a_page_is_continued(offer):
    words = [f"word{index}" for index in range(3000)]
    long = replace(ITEM, text="Title\n" + " ".join(words))

    found = pages(render_offer(replace(offer, lines=(long, ITEM))))

    assert len(found) > 2
    assert re.findall(r"word\d+", " ".join(found)) == words


@pytest.mark.parametrize(
    "line",
    [
        Line("section", "Machines", amount="1,000.00"),
        Line("subsection", "Milling " * 80, level=1),
        Line("note", "Note " * 4000),
        replace(ITEM, text="x" * 3000),
        replace(ITEM, text="", unit="a very long unit of measure indeed"),
        replace(ITEM, unit_price="1 234 567 890 123 456,78 zł", taxes="VAT, " * 30),
        replace(ITEM, text="<b>&lt;</b> & \x00\x07 </para> <br/>"),
        replace(ITEM, badge="Optional", level=2),
    ],
    ids=["section", "long", "note", "word", "unit", "wide", "markup", "optional"],
)
def test_hard_line_does_not_keep_the_offer_back(offer, line):
    pdf = render_offer(replace(offer, lines=(line, ITEM, line)))

    assert "Lathe CX-400" in text(pdf)


def test_columns_too_wide_for_the_page_leave_room_for_the_description(offer):
    wide = "1 234 567 890,00"
    line = replace(
        ITEM, quantity=wide, unit=wide, unit_price=wide, discount=wide, taxes=wide
    )

    found = text(render_offer(replace(offer, lines=(line,))))

    assert "Lathe CX-400" in found
    assert found.replace("\n", " ").count("567 890") >= 3


def test_name_too_long_for_the_letterhead_is_cut_with_an_ellipsis(offer):
    letterhead = replace(offer.letterhead, name="Meridian " * 60)

    first = pages(render_offer(replace(offer, letterhead=letterhead)))[0]

    assert re.search(r"Meridian \w*…", first)


def test_other_addresses_stand_below_the_customers(offer):
    delivery = Block("Shipping address", ("Hall 3", "Gdańsk"))

    found = text(render_offer(replace(offer, blocks=(delivery,))))

    assert found.index("Zakład ŁĄCZNIK") < found.index("Shipping address")
    assert "Hall 3" in found


def test_unreadable_signature_image_leaves_the_name(offer):
    signature = replace(offer.signature, signed=("Jan Łącznik",), image=b"broken")

    assert "Jan Łącznik" in text(render_offer(replace(offer, signature=signature)))


def test_markup_in_texts_stays_text(offer):
    line = replace(ITEM, text='<font size="40">Big</font> & <b>bold</b>')

    found = text(render_offer(replace(offer, lines=(line,)))).replace("\n", " ")

    assert '<font size="40">Big</font>' in found


def test_narrow_space_of_polish_amounts_is_replaced_by_one_that_fonts_have(offer):
    narrow, plain = (
        render_offer(replace(offer, lines=(replace(ITEM, amount=amount),)))
        for amount in ("160\u202f000,00", "160\u00a0000,00")
    )

    assert narrow == plain
    assert "160 000,00" in text(plain).replace("\u00a0", " ")


@pytest.mark.parametrize("logo", [None, b"", b"not an image", png()[:60], png()])
def test_logo_that_cannot_be_read_is_left_out(offer, logo):
    letterhead = replace(offer.letterhead, logo=logo)

    pdf = render_offer(replace(offer, letterhead=letterhead))

    images = list(PdfReader(io.BytesIO(pdf)).pages[0].images)
    assert bool(images) == (logo == png())


@pytest.mark.parametrize("accent", ["", "red", "#ffff00", "#FFFFFF", "#12", "#1a2b3c"])
def test_any_accent_colour_renders(offer, accent):
    letterhead = replace(offer.letterhead, accent=accent)

    assert render_offer(replace(offer, letterhead=letterhead)).startswith(b"%PDF-")


def test_light_accent_is_replaced_by_a_readable_one(offer):
    light, default = (
        render_offer(
            replace(offer, letterhead=replace(offer.letterhead, accent=accent))
        )
        for accent in ("#ffee00", "")
    )

    assert light == default


def test_signed_offer_shows_who_signed_and_the_signature(offer):
    signature = replace(offer.signature, signed=("Jan Łącznik",), image=png())

    pdf = render_offer(replace(offer, signature=signature))

    assert "Jan Łącznik" in text(pdf)
    assert list(PdfReader(io.BytesIO(pdf)).pages[0].images)


def test_bare_document_renders(offer):
    bare = replace(
        offer, lines=(), totals=(), facts=(), remarks=(Block("x", ()),), signature=None
    )

    assert "Quotation S00012" in text(render_offer(bare))


def test_missing_font_is_named(offer):
    fonts = replace(offer.fonts, bold="/nowhere/font.ttf")

    with pytest.raises(DocumentError) as caught:
        render_offer(replace(offer, fonts=fonts))

    assert (caught.value.code, caught.value.detail) == ("font_missing", fonts.bold)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.builds(
            Line,
            kind=st.sampled_from(["item", "section", "subsection", "note"]),
            text=st.text(max_size=300),
            quantity=st.text(max_size=20),
            amount=st.text(max_size=30),
            badge=st.text(max_size=20),
            level=st.integers(0, 2),
        ),
        max_size=12,
    )
)
def test_no_text_breaks_the_renderer(offer, lines):
    pdf = render_offer(replace(offer, lines=tuple(lines)))

    assert pdf == render_offer(replace(offer, lines=tuple(lines)))
