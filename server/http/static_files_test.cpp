#include "http/static_files.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "http/wire.hpp"

namespace doorstep::http {
namespace {

namespace fs = std::filesystem;

struct Folder {
    Folder() : path(fs::temp_directory_path() / ("doorstep-web-" + std::to_string(getpid()))) {
        fs::remove_all(path);
        fs::create_directories(path / "dist/assets");
        write("dist/index.html", "<p>app</p>");
        write("dist/assets/app-Bx1z2_3Q.js", "app()");
        write("dist/assets/my-document.js", "plain()");
        write("outside.txt", "secret");
        fs::create_symlink(path / "outside.txt", path / "dist/assets/link.txt");
    }
    ~Folder() { fs::remove_all(path); }
    void write(const std::string& name, std::string_view text) { std::ofstream(path / name) << text; }

    fs::path path;
};

std::string header(const Response& response, std::string_view name) {
    return std::string(response.headers.find(name).value_or(""));
}

} // namespace

TEST_CASE("static files: from a folder, by type, conditional, never from outside") {
    Folder folder;
    StaticFiles files((folder.path / "dist").string());
    Request request;
    auto hashed = files.file(request, "assets/app-Bx1z2_3Q.js");
    CHECK(hashed.body == "app()");
    CHECK(header(hashed, "Content-Type") == "text/javascript; charset=utf-8");
    CHECK(header(hashed, "Cache-Control") == "public, max-age=31536000, immutable");
    CHECK(header(files.file(request, "assets/my-document.js"), "Cache-Control") == "no-cache");
    CHECK(files.page(request).body == "<p>app</p>");
    CHECK(header(files.page(request), "Cache-Control") == "no-cache");

    Request again;
    again.headers.add("If-None-Match", header(hashed, "ETag"));
    auto same = files.file(again, "assets/app-Bx1z2_3Q.js");
    CHECK(same.status == 304);
    CHECK(same.body.empty());
    folder.write("dist/assets/app-Bx1z2_3Q.js", "changed()");
    CHECK(files.file(again, "assets/app-Bx1z2_3Q.js").status == 200);

    for (auto path : {"assets/nothing.js", "assets", "", "../outside.txt", "assets/link.txt", "assets/../../outside.txt"}) {
        CAPTURE(path);
        CHECK_THROWS_AS(files.file(request, path), Error);
    }
}

TEST_CASE("static files: embedded ones go out compressed to those who take it") {
    static constexpr EmbeddedFile file{"assets/a.js", "text/javascript", "\"tag\"", "plain bytes", "packed"};
    Request plain;
    CHECK(embedded_answer(plain, file, true).static_body == "plain bytes");
    CHECK(header(embedded_answer(plain, file, true), "Vary") == "Accept-Encoding");
    Request gzip;
    gzip.headers.add("Accept-Encoding", "gzip");
    auto packed = embedded_answer(gzip, file, true);
    CHECK(packed.static_body == "packed");
    CHECK(header(packed, "Content-Encoding") == "gzip");
    Request known;
    known.headers.add("If-None-Match", "W/\"tag\"");
    auto same = embedded_answer(known, file, false);
    CHECK(same.status == 304);
    CHECK(same.static_body.empty());
    CHECK(header(same, "ETag") == "\"tag\"");
    add_security_headers(same, false);
    CHECK(!same.headers.find("Content-Security-Policy")); // the page that the browser has kept would get it
}

TEST_CASE("static files: without the web app its pages say how to get it") {
    StaticFiles none("/nowhere/at/all");
    auto page = none.page(Request{});
    CHECK(page.status == 503);
    CHECK(page.body.find("script/build") != std::string::npos);
}

} // namespace doorstep::http
