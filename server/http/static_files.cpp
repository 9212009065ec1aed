#include "http/static_files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/crypto.hpp"
#include "http/ascii.hpp"
#include "http/compression.hpp"
#include "http/conditional.hpp"

namespace doorstep::http {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view build_hint = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Doorstep</title></head>
<body><h1>The web app is not built in</h1>
<p>This server has the API only. <code>script/build</code> makes one with the web app inside.</p></body></html>
)";

constexpr std::string_view docs_hint = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Doorstep API</title></head>
<body><h1>The documentation's pages are not built in</h1>
<p><code>script/build</code> makes a server with them inside. The OpenAPI document is at
<a href="/openapi.json">/openapi.json</a> all the same.</p></body></html>
)";

/// "app-BxY1z2_3.js": the bundler puts eight characters of the content's hash before the extension.
bool is_hashed(std::string_view path) {
    if (!path.starts_with("assets/")) return false;
    auto name = path.substr(path.rfind('/') + 1);
    auto stem = name.substr(0, name.find('.'));
    if (stem.size() < 10 || stem[stem.size() - 9] != '-') return false;
    // A word of eight letters is no hash.
    return std::ranges::any_of(stem.substr(stem.size() - 8), [](char c) { return is_digit(c) || c != lower(c); });
}

std::string_view type_of(std::string_view path) {
    static constexpr std::pair<std::string_view, std::string_view> types[] = {
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".woff2", "font/woff2"},
        {".json", "application/json"},
        {".txt", "text/plain; charset=utf-8"},
        {".webmanifest", "application/manifest+json"},
    };
    for (auto& [ending, type] : types) {
        if (path.ends_with(ending)) return type;
    }
    return "application/octet-stream";
}

bool is_fresh(const Request& request, std::string_view quoted_tag) {
    auto wanted = request.header("If-None-Match");
    return wanted && tag_list_matches(*wanted, quoted_tag.substr(1, quoted_tag.size() - 2));
}

void add_caching(Response& response, std::string_view tag, bool immutable) {
    response.headers.add("ETag", std::string(tag));
    response.headers.add("Cache-Control", immutable ? "public, max-age=31536000, immutable" : "no-cache");
}

Task<Response> serve_asset(StaticFiles& files, Context& ctx, std::string path) {
    co_return files.file(*ctx.request, "assets/" + path);
}

Task<Response> serve_top_file(StaticFiles& files, Context& ctx) {
    co_return files.file(*ctx.request, std::string_view(ctx.request->path).substr(1));
}

/// A service worker lives by its script's policy: it fetches the app's files to keep them.
Task<Response> serve_worker(StaticFiles& files, Context& ctx) {
    auto response = files.file(*ctx.request, "sw.js");
    response.headers.add("Content-Security-Policy", "default-src 'none'; connect-src 'self'; frame-ancestors 'none'");
    co_return response;
}

Task<Response> serve_docs_file(StaticFiles& files, Context& ctx, std::string path) {
    co_return files.file(*ctx.request, "docs/" + path);
}

Task<Response> serve_docs(StaticFiles& files, Context& ctx) {
    co_return files.docs(*ctx.request, "docs/docs.html");
}

Task<Response> serve_reference(StaticFiles& files, Context& ctx) {
    co_return files.docs(*ctx.request, "docs/redoc.html");
}

Task<Response> serve_page(StaticFiles& files, Context& ctx) {
    co_return files.page(*ctx.request);
}

} // namespace

Response embedded_answer(const Request& request, const EmbeddedFile& file, bool immutable) {
    Response response;
    if (is_fresh(request, file.etag)) {
        response.status = 304;
    } else {
        bool packed = !file.gzip.empty() && accepts_gzip(request);
        response.headers.add("Content-Type", std::string(file.content_type));
        if (packed) response.headers.add("Content-Encoding", "gzip");
        response.static_body = packed ? file.gzip : file.bytes;
    }
    if (!file.gzip.empty()) response.headers.add("Vary", "Accept-Encoding");
    add_caching(response, file.etag, immutable);
    return response;
}

Response StaticFiles::file(const Request& request, std::string_view path) const {
    if (folder_.empty() || path.starts_with("docs/")) {
        auto found = embedded_file(path);
        if (!found) throw not_found("file");
        return embedded_answer(request, *found, is_hashed(path));
    }
    // The gate lets no ".." through, but a link could lead out of the folder.
    std::error_code failed;
    auto root = fs::canonical(folder_, failed);
    auto full = failed ? fs::path() : fs::canonical(root / path, failed);
    bool inside = !failed && std::ranges::mismatch(root, full).in1 == root.end();
    if (!inside || !fs::is_regular_file(full, failed)) throw not_found("file");
    std::ifstream in(full, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    auto tag = "\"" + sha256_hex(bytes).substr(0, 16) + "\"";
    Response response;
    if (is_fresh(request, tag)) {
        response.status = 304;
    } else {
        response.headers.add("Content-Type", std::string(type_of(path)));
        response.body = std::move(bytes);
    }
    add_caching(response, tag, is_hashed(path));
    return response;
}

Response StaticFiles::page(const Request& request) const {
    std::error_code failed;
    bool there =
        folder_.empty() ? embedded_file("index.html") != nullptr : fs::exists(fs::path(folder_) / "index.html", failed);
    if (!there) return Response::html(std::string(build_hint), 503);
    return file(request, "index.html");
}

Response StaticFiles::docs(const Request& request, std::string_view path) const {
    if (auto found = embedded_file(path)) return embedded_answer(request, *found, false);
    return Response::html(std::string(docs_hint), 503);
}

void web_routes(Router& router, StaticFiles& files, const std::vector<std::string>& pages) {
    router.add("GET", "/assets/{path...}", files, serve_asset).anonymous().hidden();
    for (auto name : {"/favicon.ico", "/favicon.svg", "/manifest.webmanifest", "/robots.txt"})
        router.add("GET", name, files, serve_top_file).anonymous().hidden();
    router.add("GET", "/sw.js", files, serve_worker).anonymous().hidden();
    router.add("GET", "/docs", files, serve_docs).anonymous().hidden();
    router.add("GET", "/redoc", files, serve_reference).anonymous().hidden();
    router.add("GET", "/docs/{path...}", files, serve_docs_file).anonymous().hidden();
    for (auto& pattern : pages) router.add("GET", pattern, files, serve_page).anonymous().hidden();
}

} // namespace doorstep::http
