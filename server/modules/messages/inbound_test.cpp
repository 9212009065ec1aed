#include "modules/messages/inbound.hpp"

#include <doctest/doctest.h>

using namespace doorstep;
using namespace doorstep::messages;

TEST_CASE("inbound: what a person wrote is told from what is quoted") {
    CHECK(fresh_text("Yes!\r\n\r\nOn Tue, Mar 5, 2030 at 9:00 AM Ada <a@b.test> wrote:\r\n> Hi Kim\r\n") == "Yes!");
    CHECK(fresh_text("Yes!\n\nOn Tuesday, March 5, 2030 at 9:00 AM Ada Agent of Ada Homes\n<a@b.test> wrote:\n> Hi") == "Yes!");
    CHECK(fresh_text("Sí.\n\nEl mar, 5 mar 2030 a las 9:00, Ada escribió:\n> Hola") == "Sí.");
    CHECK(fresh_text("Ok\n-----Original Message-----\nFrom: Ada") == "Ok");
    CHECK(fresh_text("Ok\n\nFrom: Ada\nSent: Monday\nTo: Kim") == "Ok");
    CHECK(
        fresh_text("On Friday I can.\nFrom: my point of view it works.") == "On Friday I can.\nFrom: my point of view it works."
    );
    CHECK(fresh_text("> quoted\nbelow\n> more") == "below");
    CHECK(fresh_text("") == "");
}

TEST_CASE("inbound: machines are told from people") {
    InboundEmail mail{
        .from = "Kim <kim@example.com>", .to = {}, .envelope_from = "kim@example.com", .subject = "Re: Your home"
    };
    CHECK(kind_of(mail) == InboundKind::reply);
    mail.headers = "Auto-Submitted: no\r\n";
    CHECK(kind_of(mail) == InboundKind::reply);
    mail.headers = "Subject: x\r\nAuto-Submitted:\r\n auto-replied\r\n";
    CHECK(kind_of(mail) == InboundKind::auto_reply);
    mail.text = "Thank you. I am out of the office until Monday.";
    CHECK(kind_of(mail) == InboundKind::out_of_office);
    mail.headers = "";
    CHECK(kind_of(mail) == InboundKind::reply);
    mail.subject = "Automatic reply: Your home";
    CHECK(kind_of(mail) == InboundKind::out_of_office);
    mail.from = "Mail Delivery Subsystem <MAILER-DAEMON@example.com>";
    CHECK(kind_of(mail) == InboundKind::bounce);
}

TEST_CASE("inbound: who asks to be left alone is heard, and nobody else") {
    for (auto text :
         {"STOP", "Unsubscribe.", "Please remove me from your list", "take me off this list!", "No more emails please",
          "Quiero darme de baja"}) {
        CAPTURE(text);
        CHECK(wants_out("Re: Your home", text));
    }
    CHECK(wants_out("unsubscribe", ""));
    for (auto text :
         {"Yes, Friday works.", "Please don't stop writing", "Can I unsubscribe later?", "We stop by on Sunday", "",
          "I was asked to cancel the visit we had planned, and I would like to see the other house instead; please do not "
          "remove me from the list of visitors for Sunday."}) {
        CAPTURE(text);
        CHECK(!wants_out("Re: Your home", text));
    }
}

TEST_CASE("inbound: addresses and headers are read as mail writes them") {
    CHECK(address_in("Kim \"<x>\" Doe <Kim@Example.com>") == "kim@example.com");
    CHECK(address_in("kim@example.com") == "kim@example.com");
    CHECK(!address_in("Kim Doe"));
    CHECK(header_of("A: 1\r\nReferences: <a@b>\r\n\t<c@d>\r\nB: 2", "references") == "<a@b> <c@d>");
    auto ids = referred_ids("In-Reply-To: <0192f7b4-7c3a-7abc-8def-0123456789ab@doorstep.test>\r\nReferences: <x@y>");
    REQUIRE(ids.size() == 1);
    CHECK(ids[0].text() == "0192f7b4-7c3a-7abc-8def-0123456789ab");
}

TEST_CASE("message ids: taken out of a stranger's headers, one by one, and nothing else of them") {
    using messages::message_ids;
    CHECK(message_ids("<a@x.test> (comment) <b@x.test>\t<a@x.test>", 20) == "<a@x.test> <b@x.test>");
    CHECK(message_ids("<a@x.test>\r\nBcc: <evil@x.test\r\n>", 20) == "<a@x.test>");
    CHECK(message_ids("<<a@x.test> <> <b", 20) == "<a@x.test>");
    CHECK(message_ids("<" + std::string(400, 'a') + ">", 20) == "");
    CHECK(message_ids("<1@x> <2@x> <3@x> <4@x>", 3) == "<1@x> <3@x> <4@x>");
    CHECK(message_ids("<1@x> <2@x>", 1) == "<2@x>");
    CHECK(message_ids("", 1) == "");
}
