#include <doctest/doctest.h>

#include <set>

#include "http/router.hpp"

namespace doorstep::http {
namespace {

struct Module {};
struct Thing {
    std::string name;
    std::optional<std::int64_t> size;
};
BOOST_DESCRIBE_STRUCT(Thing, (), (name, size))
struct ThingFilter {
    std::optional<std::string> q;
    std::optional<Int<1, 100>> limit;
};
BOOST_DESCRIBE_STRUCT(ThingFilter, (), (q, limit))

Task<Response> any(Module&, Context&) {
    co_return Response::empty();
}
Task<Thing> one(Module&, Context&, Uuid) {
    co_return Thing{};
}
Task<Page<Thing>> list(Module&, Context&, Query<ThingFilter>) {
    co_return Page<Thing>{};
}
Task<Created<Thing>> create(Module&, Context&, Thing) {
    co_return Created<Thing>{};
}
Task<Versioned<Thing>> change(Module&, Context&, Uuid, Thing) {
    co_return Versioned<Thing>{};
}
Task<Thing> rename(Module&, Context&, Uuid, Thing) {
    co_return Thing{};
}
Task<> remove(Module&, Context&, Uuid) {
    co_return;
}
Task<> hook(Module&, Context&, RawBody) {
    co_return;
}
Task<Response> rest(Module&, Context&, std::string) {
    co_return Response::empty();
}

Module module;

std::string found(const Router& router, std::string_view method, std::string_view path) {
    auto match = router.match(method, path);
    if (!match.route) return match.allow.empty() ? "none" : "allow " + match.allow;
    std::string text = match.route->pattern;
    for (auto& value : match.path_values) text += " " + value;
    return text;
}

/// Every "$ref" below `value`.
void collect_references(JsonView value, std::set<std::string>& out) {
    if (value.kind() == JsonView::Kind::array) {
        for (std::size_t i = 0; i < value.size(); ++i) collect_references(value.at(i), out);
    }
    if (value.kind() != JsonView::Kind::object) return;
    value.each_member([&](std::string_view name, JsonView member) {
        if (name == "$ref")
            out.emplace(member.string());
        else
            collect_references(member, out);
    });
}

bool resolves(JsonView root, std::string_view reference) {
    if (!reference.starts_with("#/")) return false;
    reference.remove_prefix(2);
    std::optional<JsonView> at = root;
    while (at && !reference.empty()) {
        auto slash = reference.find('/');
        at = at->find(reference.substr(0, slash));
        reference.remove_prefix(slash == reference.npos ? reference.size() : slash + 1);
    }
    return at.has_value();
}

} // namespace

TEST_CASE("router: words before parameters before the rest") {
    Router router;
    router.add("GET", "/", module, any).open();
    router.add("GET", "/things", module, any).open();
    router.add("POST", "/things", module, any).open();
    router.add("GET", "/things/{id}", module, any).open();
    router.add("DELETE", "/things/bulk", module, any).open();
    router.add("GET", "/things/{id}/parts/{part}", module, any).open();
    router.add("GET", "/things/new/parts", module, any).open();
    router.add("GET", "/files/{path...}", module, any).open();
    router.add("GET", "/files/special", module, any).open();
    router.check();

    CHECK(found(router, "GET", "/") == "/");
    CHECK(found(router, "GET", "/things") == "/things");
    CHECK(found(router, "GET", "/things/7") == "/things/{id} 7");
    CHECK(found(router, "HEAD", "/things/7") == "/things/{id} 7");
    CHECK(found(router, "GET", "/things/bulk") == "/things/{id} bulk");
    CHECK(found(router, "DELETE", "/things/bulk") == "/things/bulk");
    CHECK(found(router, "GET", "/things/new/parts") == "/things/new/parts");
    CHECK(found(router, "GET", "/things/new/parts/3") == "/things/{id}/parts/{part} new 3");
    CHECK(found(router, "GET", "/files/a/b/c") == "/files/{path...} a/b/c");
    CHECK(found(router, "GET", "/files/special") == "/files/special");
    CHECK(found(router, "GET", "/files/special/x") == "/files/{path...} special/x");
    CHECK(found(router, "GET", "/files") == "none");
    CHECK(found(router, "GET", "/nothing") == "none");
    CHECK(found(router, "GET", "/things/7/parts") == "none");
    CHECK(found(router, "GET", "*") == "none");
    CHECK(found(router, "PATCH", "/things") == "allow GET, HEAD, POST, OPTIONS");
    CHECK(found(router, "POST", "/things/bulk") == "allow GET, HEAD, DELETE, OPTIONS");
    CHECK(found(router, "BREW", "/things/7") == "allow GET, HEAD, OPTIONS");
}

TEST_CASE("router: mistakes in routes stop the start") {
    auto complaint = [](auto add) -> std::string {
        Router router;
        add(router);
        try {
            router.check();
        } catch (const std::logic_error& error) {
            return error.what();
        }
        return {};
    };
    CHECK(complaint([](Router& r) { r.add("GET", "/a", module, any).open(); }).empty());
    CHECK(complaint([](Router& r) {
              r.add("GET", "/a", module, any);
          }).find("GET /a: neither open nor scoped") != std::string::npos);
    CHECK(complaint([](Router& r) {
              r.add("GET", "/a/{x}", module, any).open().hidden();
              r.add("GET", "/a/{y}", module, any).open().hidden();
          }).find("hides behind /a/{x}") != std::string::npos);
    CHECK(complaint([](Router& r) { r.add("GET", "/a", module, one).open(); }).find("more scalars") != std::string::npos);
    CHECK(complaint([](Router& r) { r.add("BREW", "/a", module, any).open(); }).find("no such method") != std::string::npos);
    CHECK(complaint([](Router& r) { r.add("GET", "a", module, any).open(); }).find("slash") != std::string::npos);
    CHECK(complaint([](Router& r) {
              r.add("GET", "/{a...}/b", module, any).open();
          }).find("nothing may follow") != std::string::npos);
    CHECK(complaint([](Router& r) {
              r.add("GET", "/a", module, any).open().id("same");
              r.add("GET", "/b", module, any).open().id("same");
          }).find("the operation id same is taken") != std::string::npos);
}

TEST_CASE("openapi: every reference resolves, every operation says what it takes and answers") {
    Router router;
    router.tag("things");
    router.add("GET", "/api/things", module, list).scope("things:read").summary("Lists things");
    router.add("POST", "/api/things", module, create).scope("things:write").permission.roles = {"owner"};
    router.add("PATCH", "/api/things/{id}", module, change).scope("things:write").id("change_thing");
    router.add("PUT", "/api/things/{id}", module, rename).scope("things:write");
    router.add("DELETE", "/api/things/{id}", module, remove).scope("things:write").guarded();
    router.add("GET", "/api/things/{id}", module, one).open();
    router.add("POST", "/webhook/x", module, hook).open();
    router.add("GET", "/files/{path...}", module, rest).anonymous();
    router.add("GET", "/page", module, any).open().hidden();
    router.check();

    auto text = router.openapi("1.2.3", "https://door.example");
    CHECK(text.find("@in") == std::string::npos);
    auto document = JsonDocument::parse(text);
    auto root = document.root();
    CHECK(root.find("openapi")->string() == "3.1.0");
    std::set<std::string> references;
    collect_references(root, references);
    CHECK(references.size() > 10);
    for (auto& reference : references) {
        CAPTURE(reference);
        CHECK(resolves(root, reference));
    }

    auto paths = *root.find("paths");
    CHECK(paths.size() == 4);
    auto lists = *paths.find("/api/things")->find("get");
    CHECK(lists.find("operationId")->string() == "get_api_things");
    CHECK(lists.find("summary")->string() == "Lists things");
    CHECK(lists.find("security")->text() == R"([{"bearer":["things:read"]},{"session":[]}])");
    CHECK(
        lists.find("parameters")->text() == R"([{"name":"q","in":"query","required":false,"schema":{"type":"string"}},)"
                                            R"({"name":"limit","in":"query","required":false,"schema":)" +
                                                Field<Int<1, 100>>::schema() + "}]"
    );
    auto creates = *paths.find("/api/things")->find("post");
    CHECK(creates.find("x-roles")->text() == R"(["owner"])");
    std::set<std::string> statuses;
    creates.find("responses")->each_member([&](std::string_view status, JsonView) { statuses.emplace(status); });
    CHECK(statuses == std::set<std::string>{"201", "400", "401", "403", "409", "413", "415", "422", "429", "503", "default"});
    CHECK(creates.find("requestBody")->find("content")->find("application/json"));
    auto changes = *paths.find("/api/things/{id}")->find("patch");
    CHECK(changes.find("operationId")->string() == "change_thing");
    CHECK(changes.find("responses")->find("412"));
    CHECK(paths.find("/api/things/{id}")->find("delete")->find("responses")->find("412"));
    CHECK_FALSE(paths.find("/api/things/{id}")->find("put")->find("responses")->find("412")); // it has no version
    CHECK(changes.find("responses")->find("404"));
    auto reads = *paths.find("/api/things/{id}")->find("get");
    CHECK(reads.find("security")->text() == "[]");
    CHECK(resolves(root, std::string(reads.find("responses")->find("default")->find("$ref")->string())));
    CHECK_FALSE(reads.find("responses")->find("401"));
    CHECK(paths.find("/webhook/x")->find("post")->find("responses")->find("204"));
    CHECK(paths.find("/files/{path}")->find("get")->find("parameters")->at(0).find("name")->string() == "path");
}

} // namespace doorstep::http
