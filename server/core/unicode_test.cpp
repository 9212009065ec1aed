#include "core/unicode.hpp"

#include <doctest/doctest.h>

using namespace doorstep;

TEST_CASE("unicode: Latin letters lose their accents, other writing stays") {
    CHECK(without_accents("plain, 12") == "plain, 12");
    CHECK(without_accents("Teléfono São Łódź Øre") == "Telefono Sao Lodz Ore");
    CHECK(without_accents("Tele\u0301fono") == "Telefono");
    CHECK(without_accents("straße Æble") == "strasse AEble");
    CHECK(without_accents("日本 Кирилл") == "日本 Кирилл");
    CHECK(without_accents("\u20ac 5\u00a0000") == "\u20ac 5\u00a0000");
}

TEST_CASE("unicode: character sets of files") {
    CHECK(utf8_of("caf\xe9 \x80 \x93x\x94", "windows-1252") == "café € \u201cx\u201d");
    CHECK(utf8_of("a\x81", "windows-1252") == "a\ufffd");
    CHECK(utf8_of({"A\0\x3d\xd8\x00\xde", 6}, "UTF-16LE") == "A\U0001f600");
    CHECK(utf8_of({"\x3d\xd8\x41\0", 4}, "UTF-16LE") == "\ufffdA"); // half a pair
}
