#include "modules/messages/letter.hpp"

#include <doctest/doctest.h>

using namespace doorstep;
using namespace doorstep::messages;

TEST_CASE("a letter has both parts, signed, with the way out") {
    accounts::SendingProfile profile{.account_name = "Ada & Co", .postal_address = "1 Main St", .agent_name = "Ada Agent"};
    auto letter = make_letter("Hi Ana,\n\nPrices <rise>.\nReally.", "", profile, "https://example.com/u/t?a=1&b=2");
    CHECK(letter.text.find("Best regards,\nAda Agent\nAda & Co") != std::string::npos);
    CHECK(letter.text.find("https://example.com/u/t?a=1&b=2") != std::string::npos);
    CHECK(letter.html.find("<p>Prices &lt;rise&gt;.<br>Really.</p>") != std::string::npos);
    CHECK(letter.html.find("Ada &amp; Co, 1 Main St") != std::string::npos);
    CHECK(letter.html.find("href=\"https://example.com/u/t?a=1&amp;b=2\"") != std::string::npos);
}

TEST_CASE("an address of the web in plain text is a link in the HTML part") {
    accounts::SendingProfile profile{.account_name = "Ada & Co"};
    auto html =
        make_letter("See (https://example.com/a?b=1&c=2), or <http://example.com>.\nNo link: https.", "", profile, "").html;
    CHECK(
        html.find("See (<a href=\"https://example.com/a?b=1&amp;c=2\">https://example.com/a?b=1&amp;c=2</a>), or &lt;<a "
                  "href=\"http://example.com\">") != std::string::npos
    );
    CHECK(html.find("No link: https.</p>") != std::string::npos);
}

TEST_CASE("lines that are broken in HTML without paragraphs stay broken") {
    CHECK(sanitize_html(with_breaks("Hi <b>Ana</b>,\n\nas said.")) == sanitize_html("Hi <b>Ana</b>,<br><br>as said."));
    CHECK(with_breaks("<p>a</p>\n<p>b</p>") == "<p>a</p>\n<p>b</p>");
}

TEST_CASE("of a person's HTML only harmless elements stay") {
    auto clean = sanitize_html(
        R"html(<p onclick="x()">Hi <b>Ana</b><script>alert(1)</script><a href="javascript:x">a</a> )html"
        R"html(<a href="https://example.com/?q=&quot;">b</a><img src=x onerror=y><div style="color:red">div</div></p>)html"
    );
    CHECK(clean.find("script") == std::string::npos);
    CHECK(clean.find("alert") == std::string::npos);
    CHECK(clean.find("onclick") == std::string::npos);
    CHECK(clean.find("javascript") == std::string::npos);
    CHECK(clean.find("img") == std::string::npos);
    CHECK(clean.find("<b>Ana</b>") != std::string::npos);
    CHECK(clean.find("<a href=\"https://example.com/?q=&quot;\">b</a>") != std::string::npos);
    CHECK(html_to_text("<p>Hi</p><p>See <a href='https://example.com'>this</a></p>") == "Hi\n\nSee this (https://example.com)");
    std::string deep;
    for (int i = 0; i < 20'000; ++i) deep += "<b>";
    CHECK(sanitize_html(deep + "x").size() < 10'000);
}

TEST_CASE("a snippet ends between words") {
    std::string words;
    for (int i = 0; i < 60; ++i) words += "word ";
    auto text = snippet(words);
    CHECK(text.size() <= 205);
    CHECK(text.ends_with("word…"));
    CHECK(snippet("short\n\ntext") == "short text");
}
