#include <doctest/doctest.h>

#include <filesystem>

#include "modules/files/files.hpp"
#include "test/support/form.hpp"
#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

const std::string png = std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89", 33);
const std::string pdf = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

Reply add(Visitor& visitor, const std::string& contact, std::string_view name, std::string_view bytes) {
    return visitor.post("/api/contacts/" + contact + "/documents", form(name, bytes), form_headers());
}

std::size_t files_in(const std::filesystem::path& folder) {
    std::size_t count = 0;
    for (auto& entry : std::filesystem::recursive_directory_iterator(folder)) count += entry.is_regular_file();
    return count;
}

} // namespace

TEST_CASE("documents: added, listed, downloaded as they were, never run by a browser") {
    TestApp app;
    auto kim = app.make_client();
    auto added = add(app.ada(), kim, R"(C:\\Papers\\Kaufvertrag \"Süd\".pdf)", pdf);
    REQUIRE(added.status == 201);
    CHECK(added["media_type"] == "application/pdf");
    CHECK(added["size"] == std::to_string(pdf.size()));
    CHECK(added["name"] == R"(Kaufvertrag "Süd".pdf)");
    auto list = app.get("/api/contacts/" + kim + "/documents");
    CHECK(list.size("items") == 1);
    CHECK(list["items.0.added_by"] == "Ada");

    auto file = app.get(std::string(added.headers.find("Location").value()));
    CHECK(file.status == 200);
    CHECK(file.body == pdf);
    CHECK(file.headers.find("Content-Type") == "application/pdf");
    CHECK(file.headers.find("Content-Disposition").value().starts_with("attachment; "));
    CHECK(file.headers.find("Content-Security-Policy").value().find("sandbox") != std::string_view::npos);
    CHECK(app.get("/api/contacts/" + kim + "/timeline")["items.0.kind"] == "document_added");
}

TEST_CASE("documents: what a file is, is found out from its bytes") {
    TestApp app;
    auto kim = app.make_client();
    CHECK(add(app.ada(), kim, "paper.pdf", png)["media_type"] == "image/png");
    auto page = add(app.ada(), kim, "paper.pdf", "<!doctype html><html><script>alert(1)</script></html>");
    CHECK(page.status == 415);
    CHECK(page["code"] == "file_type");
    CHECK(add(app.ada(), kim, "logo.png", R"(<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>)").status == 415);
    CHECK(
        add(app.ada(), kim, "tool.pdf",
            std::string(
                "\x7f"
                "ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\x3e\0",
                20
            ))
            .status == 415
    );
    CHECK(add(app.ada(), kim, "big.txt", std::string((20 << 20) + 1, 'a')).status == 413);
    CHECK(add(app.ada(), kim, "empty.txt", "").status == 422);
    CHECK(files_in(app.files.path()) == 1);
}

TEST_CASE("documents: a malformed form is told as such") {
    TestApp app;
    auto path = "/api/contacts/" + app.make_client() + "/documents";
    CHECK(app.post(path, R"({"file":"x"})").status == 415);
    CHECK(app.post(path, "not a form", form_headers()).status == 400);
    auto more = app.post(path, form("a.txt", "hello", {{"kind", "x"}}), form_headers());
    CHECK(more.status == 422);
    CHECK(more["errors.0.field"] == "kind");
}

TEST_CASE("documents: only for the account's living clients") {
    TestApp app;
    auto kim = app.make_client();
    auto added = add(app.ada(), kim, "a.pdf", pdf);
    auto file = std::string(added.headers.find("Location").value());
    CHECK(add(app.other(), kim, "b.pdf", pdf).status == 404);
    CHECK(app.other().get("/api/contacts/" + kim + "/documents").status == 404);
    CHECK(app.other().get(file).status == 404);
    CHECK(app.stranger().get(file).status == 401);
    CHECK(app.other().del("/api/contacts/" + kim + "/documents/" + added["id"]).status == 404);
    // Under another of her clients it is not to be had either.
    auto lee = app.make_client("lee@example.com");
    CHECK(app.get("/api/contacts/" + lee + "/documents/" + added["id"] + "/file").status == 404);
    app.del("/api/clients/" + kim);
    CHECK(app.get(file).status == 404);
}

TEST_CASE("documents: a deletion can be undone, and becomes final after 30 days") {
    TestApp app;
    auto kim = app.make_client();
    auto added = add(app.ada(), kim, "a.pdf", pdf);
    auto path = "/api/contacts/" + kim + "/documents/" + added["id"];
    CHECK(app.del(path).status == 200);
    CHECK(app.del(path).status == 404);
    CHECK(app.get(path + "/file").status == 404);
    CHECK(app.post(path + "/restore").status == 200);
    CHECK(app.get(path + "/file").body == pdf);

    auto ctx = app.context();
    ctx.all_accounts = true;
    app.del(path);
    app.advance(29 * 24h);
    app.run(app.modules().files.sweep(ctx));
    CHECK(files_in(app.files.path()) == 1);
    CHECK(app.get(path + "/file").status == 404);
    app.advance(2 * 24h);
    app.run(app.modules().files.sweep(ctx));
    CHECK(files_in(app.files.path()) == 0);
    CHECK(app.post(path + "/restore").status == 404);
}

TEST_CASE("files: what was stored for a client that is none goes within a day") {
    TestApp app;
    auto nobody = "00000000-0000-7000-8000-000000000000";
    CHECK(add(app.ada(), nobody, "a.pdf", pdf).status == 404);
    CHECK(files_in(app.files.path()) == 1);
    auto ctx = app.context();
    ctx.all_accounts = true;
    app.advance(25h);
    app.run(app.modules().files.sweep(ctx));
    CHECK(files_in(app.files.path()) == 0);
    CHECK(app.store.value("select count(*) from files") == "0");
}

TEST_CASE("files: names are kept harmless") {
    CHECK(files::safe_name("../../etc/passwd") == "passwd");
    CHECK(files::safe_name("..") == "file");
    CHECK(files::safe_name("a\r\nb.pdf") == "a  b.pdf");
    CHECK(files::safe_name("") == "file");
    CHECK(files::safe_name(std::string(300, 'x')).size() == 200);
}
