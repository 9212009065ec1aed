#include <doctest/doctest.h>

#include "test/support/form.hpp"
#include "test/support/pdf.hpp"
#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

class FaultyRenderer final : public exports::PdfRenderer {
public:
    explicit FaultyRenderer(exports::PdfFault fault) : fault_(fault) {}
    Task<std::expected<std::string, exports::PdfFault>> render(std::string) override { co_return std::unexpected(fault_); }

private:
    exports::PdfFault fault_;
};

} // namespace

TEST_CASE("client summary: everything that matters about a person, as a PDF") {
    TestApp app;
    app.post("/api/custom-fields", R"({"label":"Wants a garden","key":"garden","type":"boolean"})");
    auto kim = app.make_client(
        "kim@example.com",
        R"("name":"Kim O'Neill-Müller","phone":"+1 212 555 0100","tags":["buyer","north side"],"notes":"Met at the fair.",)"
        R"("custom_fields":{"garden":true,"shoe size":"43"})",
        true
    );
    app.patch("/api/clients/" + kim, R"({"assigned_to":")" + app.get("/api/auth/me")["user.id"] + "\"}");
    app.post("/api/contacts/" + kim + "/notes", R"({"body":"Loves <b>light</b> & <img src=x onerror=y> air"})");
    app.post("/api/contacts/" + kim + "/documents", form("Offer of May.txt", "hello there"), form_headers());
    app.post("/api/emails/send", R"({"client_id":")" + kim + R"(","subject":"About the house","body":"Hello Kim"})");
    app.make_client("lee@example.com", R"("name":"Lee Other")");
    app.advance(1h);
    app.run_jobs();

    auto made = app.get("/api/clients/" + kim + "/summary.pdf");
    REQUIRE(made.status == 200);
    CHECK(made.headers.find("Content-Type") == "application/pdf");
    CHECK(
        made.headers.find("Content-Disposition") ==
        "attachment; filename=\"Kim O'Neill-M__ller.pdf\"; filename*=UTF-8''Kim%20O%27Neill-M%C3%BCller.pdf"
    );
    CHECK(made.headers.find("Cache-Control") == "private, no-store");
    auto paper = read_pdf(made.body);
    INFO(paper.text());
    for (auto words :
         {"Ada Homes",
          "Kim O'Neill-Müller",
          "Lead",
          "kim@example.com",
          "+1 212 555 0100",
          "1 Main St, Springfield (Residential)",
          "buyer, north side",
          "Looked after by",
          "Wants a garden",
          "shoe size",
          "43",
          "Met at the fair.",
          "0 of 5 steps done",
          "Next steps",
          "Day 1",
          "Month 1",
          "About the house",
          "Sent",
          "Loves <b>light</b> & <img src=x onerror=y> air",
          "Offer of May.txt",
          "What happened last",
          "Document added: Offer of May.txt",
          "Added",
          "Mar 4, 2030, 11:00 AM EST"}) {
        CAPTURE(words);
        CHECK(paper.has(words));
    }
    CHECK_FALSE(paper.has("Lee Other"));
    CHECK_FALSE(paper.has("client_summary"));
    CHECK(app.get("/api/audit?action=client_summary_made")["items.0.subject.id"] == kim);
    CHECK(app.get("/api/audit?action=client_summary_made")["items.0.subject.name"].empty());
}

TEST_CASE("client summary: in the language that is asked for, else the reader's, else the account's") {
    TestApp app;
    auto kim = app.make_client();
    auto path = "/api/clients/" + kim + "/summary.pdf";
    auto spanish = read_pdf(app.get(path + "?language=es").body);
    CHECK(spanish.has("Último contacto"));
    CHECK(spanish.has("No hay ningún seguimiento en curso."));
    CHECK(spanish.has("4 mar 2030, 10:00 EST"));
    CHECK(spanish.has("Alta"));
    CHECK(read_pdf(app.get(path, {{"Accept-Language", "fr, es-MX;q=0.8, en;q=0.5"}}).body).has("Último contacto"));
    CHECK(read_pdf(app.get(path + "?language=en", {{"Accept-Language", "es"}}).body).has("Last contact"));
    CHECK(read_pdf(app.get(path).body).has("Last contact"));
    app.patch("/api/settings", R"({"language":"es"})");
    CHECK(read_pdf(app.get(path).body).has("Último contacto"));
    CHECK(app.get(path + "?language=fr").status == 422);
}

TEST_CASE("client summary: of nobody else's people, and of none that are gone") {
    TestApp app;
    auto kim = app.make_client();
    auto path = "/api/clients/" + kim + "/summary.pdf";
    CHECK(app.other().get(path).status == 404);
    CHECK(app.stranger().get(path).status == 401);
    CHECK(app.get("/api/clients/x/summary.pdf").status == 404);
    app.del("/api/clients/" + kim);
    CHECK(app.get(path).status == 404);
    CHECK(app.get("/api/audit?action=client_summary_made").size("items") == 0);
}

TEST_CASE("client summary: much of it goes over several pages, and says what is left out") {
    TestApp app;
    auto kim = app.make_client();
    std::string body(1500, 'x');
    for (std::size_t i = 7; i < body.size(); i += 8) body[i] = ' ';
    for (int i = 0; i < 25; ++i) {
        app.advance(1min);
        app.post("/api/contacts/" + kim + "/notes", R"({"body":"Note number )" + std::to_string(i) + " " + body + "\"}");
    }
    auto paper = read_pdf(app.get("/api/clients/" + kim + "/summary.pdf").body);
    CHECK(paper.pages.size() > 3);
    auto mentions = [text = paper.text()](std::string_view words) {
        int count = 0;
        for (auto at = text.find(words); at != text.npos; at = text.find(words, at + 1)) ++count;
        return count;
    };
    CHECK(mentions("Note number 24 ") == 2); // among the notes, and in the timeline
    CHECK(mentions("Note number 5 ") == 2);
    CHECK(mentions("Note number 4 ") == 1);
    CHECK(paper.has("Older notes that are not shown: 5"));
    CHECK(paper.pages.front().find("1 / ") != std::string::npos);
    CHECK(paper.pages.back().find("Ada Homes") != std::string::npos);
}

TEST_CASE("client summary: which e-mails were opened and answered") {
    TestApp app{Providers::sandbox};
    auto kim = app.make_client("kim@example.com", "", true);
    app.advance(24h + 1min);
    app.run_jobs();
    app.post("/sandbox/inbound", R"({"channel":"email","from":"kim@example.com","text":"Yes, call me."})");
    app.run_jobs();
    auto paper = read_pdf(app.get("/api/clients/" + kim + "/summary.pdf").body);
    INFO(paper.text());
    CHECK(paper.has("Answered “"));
    CHECK(paper.has(", Answered"));
    CHECK(paper.has("Follow-up stopped"));
    CHECK(paper.has("The person replied."));
}

TEST_CASE("client summary: where none can be made, that is said, and nothing is logged as made") {
    using exports::PdfFault;
    TestApp app;
    auto kim = Id<contacts::Client>{*Uuid::parse(app.make_client())};
    auto ctx = app.context();
    auto ask = [&](exports::PdfRenderer* renderer) -> std::string {
        auto parts = app.modules().exports.parts();
        parts.pdf = renderer;
        exports::Exports exports(parts);
        try {
            app.run(exports.summary(ctx, kim, std::nullopt));
        } catch (const Error& refusal) {
            CHECK(refusal.status == 503);
            CHECK_FALSE(refusal.detail.empty());
            return refusal.code;
        }
        return "made";
    };
    CHECK(ask(nullptr) == "pdf_missing");
    for (auto [fault, code] : std::map<PdfFault, std::string>{
             {PdfFault::missing, "pdf_missing"},
             {PdfFault::busy, "busy"},
             {PdfFault::slow, "pdf_slow"},
             {PdfFault::failed, "pdf_failed"}
         }) {
        FaultyRenderer renderer(fault);
        CHECK(ask(&renderer) == code);
    }
    CHECK(app.get("/api/audit?action=client_summary_made").size("items") == 0);
}
