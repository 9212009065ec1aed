#include <algorithm>
#include <map>
#include <set>

#include "http/ascii.hpp"
#include "http/problem.hpp"
#include "http/router.hpp"

namespace doorstep::http {
namespace {

struct Problem {
    int status;
    std::string_view name;
    std::string_view description;
};

constexpr Problem problems[] = {
    {400, "Malformed", "The request is malformed."},
    {401, "NotSignedIn", "No credential, or one that has ended."},
    {403, "NotAllowed", "The role, the key's scope or the CSRF check does not allow this."},
    {404, "Unknown", "There is no such thing in this account."},
    {409, "Conflict", "It does not fit the present state; or the first request with this Idempotency-Key still runs."},
    {412, "Changed", "If-Match names another version than the present one."},
    {413, "TooLarge", "The body is too large."},
    {415, "WrongMediaType", "The body is not JSON."},
    {422, "Invalid", "Some fields are not valid; all of them are listed."},
    {429, "TooMany", "Too many requests; Retry-After says how long to wait."},
    {503, "Unavailable", "The store or a deadline was in the way; try again."},
};

constexpr std::string_view problem_schema =
    R"({"type":"object","description":"RFC 9457","properties":{)"
    R"("type":{"type":"string","format":"uri"},"title":{"type":"string"},"status":{"type":"integer"},)"
    R"("detail":{"type":"string"},"code":{"type":"string"},"request_id":{"type":"string"},)"
    R"("errors":{"type":"array","items":{"type":"object","properties":{"field":{"type":"string"},)"
    R"("code":{"type":"string"},"message":{"type":"string"}},"required":["field","code","message"]}}},)"
    R"("required":["type","title","status","detail","code","request_id"],"additionalProperties":true})";

bool is_unsafe(const Route& route) {
    return route.method != "GET" && route.method != "HEAD" && route.method != "OPTIONS";
}

bool reads_body(const Route& route) {
    return !route.body_schema.empty() && route.body_type != "*/*";
}

bool can_answer(const Route& route, int status) {
    switch (status) {
    case 401:
    case 403: return !route.is_public;
    case 404: return !route.path_parameters.empty();
    case 409: return is_unsafe(route);
    case 412: return route.guards_version;
    case 413: return !route.body_schema.empty();
    case 415: return reads_body(route);
    case 422: return reads_body(route) || !route.query_schema.empty() || (is_unsafe(route) && !route.is_public);
    default: return true;
    }
}

/// "{path...}" is a parameter like any other here.
std::string path_of(std::string_view pattern) {
    std::string path(pattern);
    for (auto at = path.find("...}"); at != path.npos; at = path.find("...}")) path.erase(at, 3);
    return path;
}

void member(JsonWriter& json, std::string_view name, std::string_view value) {
    json.key(name);
    json.string(value);
}

class Writer {
public:
    Writer(const Schemas& schemas, std::string& out) : json_(out), components_(JsonDocument::parse(schemas.components())) {}

    void operation(const Route& route);
    void shared_parts();
    JsonWriter& json() { return json_; }

private:
    void parameter(std::string_view name, std::string_view where, bool required, std::string_view schema);
    void parameters(const Route& route);
    void query_parameters(const Route& route);
    void body(const Route& route);
    void answers(const Route& route);

    JsonWriter json_;
    JsonDocument components_;
};

void Writer::parameter(std::string_view name, std::string_view where, bool required, std::string_view schema) {
    json_.begin_object();
    member(json_, "name", name);
    member(json_, "in", where);
    json_.key("required");
    json_.boolean(required);
    json_.key("schema");
    json_.raw(schema);
    json_.end_object();
}

void Writer::query_parameters(const Route& route) {
    auto reference = JsonDocument::parse(route.query_schema);
    auto target = reference.root().find("$ref");
    if (!target) return;
    auto name = target->string().substr(target->string().rfind('/') + 1);
    auto schema = components_.root().find(name);
    if (!schema) return;
    auto properties = schema->find("properties");
    properties->each_member([&](std::string_view property, JsonView type) {
        // An optional member may be null in JSON; in a query string it is just not there.
        auto choices = type.find("anyOf");
        auto text = choices && choices->size() == 2 && choices->at(1).text() == R"({"type":"null"})" ? choices->at(0).text()
                                                                                                     : type.text();
        parameter(property, "query", false, text);
    });
}

void Writer::parameters(const Route& route) {
    json_.key("parameters");
    json_.begin_array();
    for (std::size_t i = 0; i < route.path_parameters.size(); ++i) {
        auto name = route.path_parameters[i];
        parameter(
            name, "path", true, i < route.path_schemas.size() ? std::string_view(route.path_schemas[i]) : R"({"type":"string"})"
        );
    }
    if (!route.query_schema.empty()) query_parameters(route);
    if (is_unsafe(route) && !route.is_anonymous && route.takes_key())
        json_.raw(R"({"$ref":"#/components/parameters/IdempotencyKey"})");
    if (can_answer(route, 412)) json_.raw(R"({"$ref":"#/components/parameters/IfMatch"})");
    json_.end_array();
}

void Writer::body(const Route& route) {
    if (route.body_schema.empty()) return;
    json_.key("requestBody");
    json_.begin_object();
    json_.key("required");
    json_.boolean(true);
    json_.key("content");
    json_.begin_object();
    json_.key(route.body_type);
    json_.begin_object();
    json_.key("schema");
    json_.raw(route.body_schema);
    json_.end_object();
    json_.end_object();
    json_.end_object();
}

void Writer::answers(const Route& route) {
    json_.key("responses");
    json_.begin_object();
    json_.key(std::to_string(route.answer_status));
    json_.begin_object();
    member(json_, "description", status_title(route.answer_status));
    if (route.answer_status == 201 || route.answer_status == 202) {
        json_.key("headers");
        json_.raw(R"({"Location":{"schema":{"type":"string"}}})");
    }
    // A handler that makes its Response itself answers in a form of its own.
    bool is_own_form = route.answer_schema.empty();
    if (route.answer_status != 204) {
        json_.key("content");
        json_.begin_object();
        json_.key(is_own_form ? "*/*" : "application/json");
        json_.begin_object();
        json_.key("schema");
        json_.raw(is_own_form ? std::string_view("{}") : route.answer_schema);
        json_.end_object();
        json_.end_object();
    }
    json_.end_object();
    for (auto& problem : problems) {
        if (!can_answer(route, problem.status)) continue;
        json_.key(std::to_string(problem.status));
        json_.raw(R"({"$ref":"#/components/responses/)" + std::string(problem.name) + "\"}");
    }
    json_.key("default");
    json_.raw(R"({"$ref":"#/components/responses/Problem"})");
    json_.end_object();
}

void Writer::operation(const Route& route) {
    std::string method;
    for (char c : route.method) method += lower(c);
    json_.key(method);
    json_.begin_object();
    member(json_, "operationId", route.operation_id);
    if (!route.tag.empty()) {
        json_.key("tags");
        json_.begin_array();
        json_.string(route.tag);
        json_.end_array();
    }
    if (!route.summary_text.empty()) member(json_, "summary", route.summary_text);
    json_.key("security");
    json_.begin_array();
    if (!route.is_public) {
        json_.begin_object();
        json_.key("bearer");
        json_.begin_array();
        json_.string(route.scope_name);
        json_.end_array();
        json_.end_object();
        json_.raw(R"({"session":[]})");
    }
    json_.end_array();
    if (!route.permission.roles.empty()) {
        json_.key("x-roles");
        json_.begin_array();
        for (auto& role : route.permission.roles) json_.string(role);
        json_.end_array();
    }
    parameters(route);
    body(route);
    answers(route);
    json_.end_object();
}

void Writer::shared_parts() {
    json_.key("components");
    json_.begin_object();
    json_.key("schemas");
    json_.begin_object();
    components_.root().each_member([&](std::string_view name, JsonView schema) {
        json_.key(name);
        json_.raw(schema.text());
    });
    json_.key("Problem");
    json_.raw(problem_schema);
    json_.end_object();

    json_.key("responses");
    json_.begin_object();
    for (auto& problem : problems) {
        json_.key(problem.name);
        json_.begin_object();
        member(json_, "description", problem.description);
        if (problem.status == 429 || problem.status == 503) {
            json_.key("headers");
            json_.raw(R"({"Retry-After":{"schema":{"type":"integer"}}})");
        }
        json_.key("content");
        json_.raw(R"({"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}})");
        json_.end_object();
    }
    json_.key("Problem");
    json_.raw(R"({"description":"Whatever else can go wrong has the same form.","content":)"
              R"({"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}})");
    json_.end_object();

    json_.key("parameters");
    json_.begin_object();
    json_.key("IdempotencyKey");
    parameter("Idempotency-Key", "header", false, R"({"type":"string","minLength":1,"maxLength":255})");
    json_.key("IfMatch");
    parameter("If-Match", "header", false, R"({"type":"string"})");
    json_.end_object();

    json_.key("securitySchemes");
    json_.raw(R"({"bearer":{"type":"http","scheme":"bearer","description":"An API key or an access token."},)"
              R"("session":{"type":"apiKey","in":"cookie","name":"doorstep_session","description":)"
              R"("The cookie of a browser session; writes send its CSRF token in X-CSRF-Token."}})");
    json_.end_object();
}

} // namespace

std::string Router::openapi(std::string_view version, std::string_view public_url) const {
    // Operations of one path stand together.
    std::map<std::string, std::vector<const Route*>> paths;
    std::vector<std::string_view> tags;
    for (auto& route : routes_) {
        if (route->is_hidden) continue;
        paths[path_of(route->pattern)].push_back(route.get());
        if (!route->tag.empty() && std::ranges::find(tags, route->tag) == tags.end()) tags.push_back(route->tag);
    }

    std::string out;
    Writer writer(schemas_, out);
    auto& json = writer.json();
    json.begin_object();
    member(json, "openapi", "3.1.0");
    json.key("info");
    json.begin_object();
    member(json, "title", "Doorstep");
    member(json, "version", version);
    member(json, "description", "JSON in UTF-8; instants in RFC 3339, UTC; problems in RFC 9457.");
    json.key("license");
    json.raw(R"({"name":"Apache-2.0","identifier":"Apache-2.0"})");
    json.end_object();
    json.key("servers");
    json.begin_array();
    json.begin_object();
    member(json, "url", public_url.empty() ? "/" : public_url);
    json.end_object();
    json.end_array();
    json.key("tags");
    json.begin_array();
    for (auto tag : tags) {
        json.begin_object();
        member(json, "name", tag);
        json.end_object();
    }
    json.end_array();
    json.key("paths");
    json.begin_object();
    for (auto& [path, routes] : paths) {
        json.key(path);
        json.begin_object();
        for (auto route : routes) writer.operation(*route);
        json.end_object();
    }
    json.end_object();
    writer.shared_parts();
    json.end_object();
    return schemas_.finish(std::move(out));
}

} // namespace doorstep::http
