#include "http/router.hpp"

#include <array>
#include <stdexcept>

#include "http/ascii.hpp"
#include "http/conditional.hpp"

namespace doorstep::http {
namespace {

constexpr std::array<std::string_view, 7> methods{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
constexpr std::size_t get_index = 0;
constexpr std::size_t head_index = 1;
constexpr std::size_t options_index = 6;

std::size_t method_index(std::string_view method) {
    for (std::size_t i = 0; i < methods.size(); ++i) {
        if (methods[i] == method) return i;
    }
    return methods.size();
}

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

using Slots = std::array<const Route*, methods.size()>;

std::string allow_text(unsigned mask) {
    mask |= 1u << options_index;
    if (mask & (1u << get_index)) mask |= 1u << head_index;
    std::string text;
    for (std::size_t i = 0; i < methods.size(); ++i) {
        if (!(mask & (1u << i))) continue;
        if (!text.empty()) text += ", ";
        text += methods[i];
    }
    return text;
}

std::string operation_id_of(std::string_view method, std::string_view pattern) {
    std::string id;
    for (char c : method) id += lower(c);
    for (char c : pattern) {
        if (is_alphanumeric(c))
            id += lower(c);
        else if (id.back() != '_')
            id += '_';
    }
    while (id.back() == '_') id.pop_back();
    return id;
}

} // namespace

struct Router::Node {
    std::unordered_map<std::string, std::unique_ptr<Node>, TextHash, std::equal_to<>> words;
    std::unique_ptr<Node> any;
    Slots here{};
    Slots below{}; ///< "{path...}"

    /// Words before parameters before the rest; goes back where a deeper branch has not the method.
    const Route* find(std::size_t method, std::string_view rest, std::vector<std::string>& values, unsigned& allowed) const {
        if (rest.empty()) return pick(here, method, allowed);
        auto tail = rest.substr(1);
        auto after = tail;
        auto segment = take_until(after, '/');
        auto next = tail.substr(segment.size());
        if (auto word = words.find(segment); word != words.end()) {
            if (auto route = word->second->find(method, next, values, allowed)) return route;
        }
        if (any && !segment.empty()) {
            values.emplace_back(segment);
            if (auto route = any->find(method, next, values, allowed)) return route;
            values.pop_back();
        }
        auto route = tail.empty() ? nullptr : pick(below, method, allowed);
        if (route) values.emplace_back(tail);
        return route;
    }

    static const Route* pick(const Slots& slots, std::size_t method, unsigned& allowed) {
        if (method < slots.size()) {
            if (slots[method]) return slots[method];
            if (method == head_index && slots[get_index]) return slots[get_index];
        }
        for (std::size_t i = 0; i < slots.size(); ++i) {
            if (slots[i]) allowed |= 1u << i;
        }
        return nullptr;
    }
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;

Route& Router::open_route(std::string method, std::string pattern) {
    auto& route = *routes_.emplace_back(std::make_unique<Route>());
    route.method = std::move(method);
    route.pattern = std::move(pattern);
    route.tag = tag_;
    route.operation_id = operation_id_of(route.method, route.pattern);

    auto name = route.method + " " + route.pattern;
    auto index = method_index(route.method);
    if (index == methods.size() || route.pattern.empty() || route.pattern.front() != '/') {
        mistakes_.push_back(name + ": no such method, or the pattern does not begin with a slash");
        return route;
    }
    auto node = root_.get();
    auto slots = &node->here;
    for (auto rest = std::string_view(route.pattern).substr(1); !rest.empty();) {
        auto segment = take_until(rest, '/');
        if (segment.starts_with('{') && segment.ends_with("...}")) {
            route.path_parameters.emplace_back(segment.substr(1, segment.size() - 5));
            slots = &node->below;
            if (!rest.empty()) mistakes_.push_back(name + ": nothing may follow {" + route.path_parameters.back() + "...}");
            break;
        }
        if (segment.starts_with('{') && segment.ends_with('}')) {
            route.path_parameters.emplace_back(segment.substr(1, segment.size() - 2));
            if (!node->any) node->any = std::make_unique<Node>();
            node = node->any.get();
        } else {
            auto& next = node->words[std::string(segment)];
            if (!next) next = std::make_unique<Node>();
            node = next.get();
        }
        slots = &node->here;
    }
    auto& slot = (*slots)[index];
    if (slot) mistakes_.push_back(name + ": hides behind " + slot->pattern);
    if (!slot) slot = &route;
    return route;
}

Router::Match Router::match(std::string_view method, std::string_view path) const {
    Match match;
    unsigned allowed = 0;
    auto rest = path == "/" ? std::string_view{} : path;
    if (rest.empty() || rest.front() == '/') match.route = root_->find(method_index(method), rest, match.path_values, allowed);
    if (!match.route && allowed) match.allow = allow_text(allowed);
    return match;
}

void Router::permit(const std::function<std::optional<Permission>(const Route&)>& permission_of) {
    for (auto& route : routes_) {
        if (route->is_public || route->scope_name.empty()) continue;
        auto permission = permission_of(*route);
        if (permission)
            route->permission = std::move(*permission);
        else
            mistakes_.push_back(route->method + " " + route->pattern + ": nobody has the scope " + route->scope_name);
    }
}

void Router::check() const {
    auto mistakes = mistakes_;
    std::unordered_map<std::string, const Route*> ids;
    for (auto& route : routes_) {
        auto name = route->method + " " + route->pattern;
        if (!route->is_public && route->scope_name.empty()) mistakes.push_back(name + ": neither open nor scoped");
        if (route->path_schemas.size() > route->path_parameters.size())
            mistakes.push_back(name + ": its handler takes more scalars than the pattern has parameters");
        if (!route->is_hidden && !ids.emplace(route->operation_id, route.get()).second)
            mistakes.push_back(name + ": the operation id " + route->operation_id + " is taken");
    }
    if (mistakes.empty()) return;
    std::string text = "Routes:";
    for (auto& mistake : mistakes) text += "\n  " + mistake;
    throw std::logic_error(text);
}

void require_match(const Context& ctx, std::string_view version) {
    auto wanted = ctx.request->header("If-Match");
    if (wanted && !tag_list_matches(*wanted, version))
        throw precondition_failed("This was changed meanwhile. Load it again and repeat your change.");
}

namespace detail {

Response created(std::string location, std::string json) {
    auto response = Response::json(std::move(json), 201);
    response.headers.add("Location", std::move(location));
    return response;
}

Response accepted(std::string location, std::string json) {
    auto response = Response::json(std::move(json), 202);
    response.headers.add("Location", std::move(location));
    return response;
}

Response versioned(const Request& request, const std::string& version, std::string json) {
    // What a write did its answer must tell, whatever the client knows already.
    bool reads = request.method == "GET" || request.method == "HEAD";
    auto wanted = reads ? request.header("If-None-Match") : std::nullopt;
    auto response = wanted && tag_list_matches(*wanted, version) ? Response::empty(304) : Response::json(std::move(json));
    response.headers.add("ETag", "\"" + version + "\"");
    response.headers.add("Cache-Control", "private, no-cache");
    return response;
}

void read_query_text(const Request& request, std::string_view name, std::optional<std::string>& out) {
    if (auto value = request.query_value(name)) out = *value;
}

void refuse_unknown_query(const Request& request, const std::string_view* names, std::size_t count, Reader& reader) {
    for (std::size_t i = 0; i < request.query.size(); ++i) {
        auto& name = request.query[i].first;
        bool known = false;
        for (std::size_t n = 0; n < count; ++n) known = known || names[n] == name;
        if (!known) reader.fail(name, "unknown", "is not a known parameter");
        for (std::size_t earlier = 0; known && earlier < i; ++earlier) {
            if (request.query[earlier].first == name) {
                reader.fail(name, "duplicate", "is given more than once");
                break;
            }
        }
    }
}

void require_json_content(const Request& request) {
    auto content_type = request.header("Content-Type").value_or("");
    auto type = strip(take_until(content_type, ';'));
    bool is_json = equal_ignoring_case(type, "application/json") ||
                   (type.size() > 17 && equal_ignoring_case(type.substr(0, 12), "application/") &&
                    equal_ignoring_case(type.substr(type.size() - 5), "+json"));
    if (request.body.empty()) throw bad_request("empty_body", "The request needs a JSON body.");
    if (!is_json) throw Error(415, "unsupported_media_type", "Send the body as application/json.");
    if (request.header("Content-Encoding"))
        throw Error(415, "unsupported_content_encoding", "Send the body without Content-Encoding.");
}

} // namespace detail
} // namespace doorstep::http
