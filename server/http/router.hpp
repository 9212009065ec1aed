#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/described.hpp"
#include "core/task.hpp"
#include "http/context.hpp"
#include "http/multipart.hpp"

namespace doorstep::http {

/// A described struct read from the query string: handlers take Query<ClientFilter>.
template <class T>
struct Query {
    T value;
    const T& operator*() const { return value; }
    const T* operator->() const { return &value; }
};

/// The raw body, not parsed: webhooks (signatures are over bytes), uploads.
struct RawBody {
    std::string bytes;
};

/// 201 with Location.
template <class T>
struct Created {
    std::string location;
    T body;
};

/// 202 with the place to look, as Location too.
template <class T>
struct Accepted {
    std::string location;
    T body;
};

/// A read that can be asked for conditionally: the ETag is `version` in quotes; If-None-Match answers 304.
template <class T>
struct Versioned {
    std::string version;
    T body;
};

/// A page of a list.
template <class T>
struct Page {
    std::vector<T> items;
    std::int64_t page = 1;
    std::int64_t limit = 10;
    std::optional<std::int64_t> total; ///< exact up to 10,000, null beyond
    std::optional<std::string> next;   ///< the cursor of the next page
    BOOST_DESCRIBE_CLASS(Page, (), (items, page, limit, total, next), (), ())
};

/// What a scope asks of those who come with it.
struct Permission {
    /// What becomes of a request whose sender acts in another account than their own.
    enum class Acting {
        allowed, ///< done there
        refused,
        at_home ///< it concerns the sender and not an account: done as if they acted in their own
    };

    std::vector<std::string> roles; ///< empty: any member
    Acting acting = Acting::allowed;
};

/// One item of the OpenAPI document's operations, and how its requests are treated.
struct Route {
    std::string method;
    std::string pattern; ///< "/api/clients/{id}"; "{path...}" as the last segment takes the rest
    std::string operation_id;
    std::string tag;
    std::string summary_text;
    // how requests are treated
    bool is_public = false;
    std::string scope_name;
    Permission permission; ///< of the scope: see Router::permit
    Reader::Unknown unknown = Reader::Unknown::refuse;
    std::size_t body_limit = 1 << 20;
    bool is_hidden = false; ///< not in the OpenAPI document: pages, files
    bool is_cross_origin = false;
    bool is_anonymous = false;
    bool keeps_answer = true;
    bool guards_version = false; ///< honours If-Match
    // filled by Router::add
    std::string body_schema;
    std::string body_type = "application/json"; ///< "*/*": not looked into
    std::vector<std::string> path_parameters;   ///< names
    std::vector<std::string> path_schemas;
    std::string query_schema; ///< the described struct's component
    std::string answer_schema;
    int answer_status = 200;
    std::function<Task<Response>(Context&, const std::vector<std::string>& path_values)> handle;

    // Each returns the route, to be chained at registration. A route is neither public nor open to any scope until it says so;
    // the server refuses to start otherwise.
    Route& open() {
        is_public = true;
        return *this;
    } ///< no sign-in needed
    Route& scope(std::string name) {
        scope_name = std::move(name);
        return *this;
    } ///< "clients:read"; sessions have all
    Route& summary(std::string text) {
        summary_text = std::move(text);
        return *this;
    }
    Route& lenient() {
        unknown = Reader::Unknown::ignore;
        return *this;
    } ///< unknown members are ignored
    Route& max_body(std::size_t bytes) {
        body_limit = bytes;
        return *this;
    }
    Route& hidden() {
        is_hidden = true;
        return *this;
    }
    Route& id(std::string name) {
        operation_id = std::move(name);
        return *this;
    } ///< instead of the one made from the pattern
    /// The answer holds a secret of which only a hash may be kept. With an Idempotency-Key the effect still comes once, and asking
    /// again is a 409 `already_done`; on an open route (signing in) the key is ignored.
    Route& shown_once() {
        keeps_answer = false;
        return *this;
    }
    /// If-Match is honoured, as it is by every PATCH and PUT that answers with a version.
    Route& guarded() {
        guards_version = true;
        return *this;
    }
    bool takes_key() const { return keeps_answer || !is_public; }
    /// Public, and never looks who asks: files, health.
    Route& anonymous() {
        is_public = is_anonymous = true;
        return *this;
    }
    /// For pages of any site (embeds): CORS without credentials; the request counts as anonymous.
    Route& cross_origin() {
        is_cross_origin = true;
        return anonymous();
    }
};

/// For handlers that update: throws Error 412 where If-Match is given and none of its tags is `version`.
void require_match(const Context& ctx, std::string_view version);

namespace detail {
Response created(std::string location, std::string json);
Response accepted(std::string location, std::string json);
Response versioned(const Request& request, const std::string& version, std::string json);
/// Reads the query parameters into JSON-less text fields by name; unknown ones are refused where the route is strict.
void read_query_text(const Request& request, std::string_view name, std::optional<std::string>& out);
void refuse_unknown_query(const Request& request, const std::string_view* names, std::size_t count, Reader& reader);
void require_json_content(const Request& request);

template <class T>
inline constexpr bool is_versioned = false;
template <class T>
inline constexpr bool is_versioned<Versioned<T>> = true;

template <class T>
inline constexpr bool is_query = false;
template <class T>
inline constexpr bool is_query<Query<T>> = true;

template <class T>
T read_query(const Request& request, Reader::Unknown unknown) {
    T out{};
    Reader reader(unknown);
    boost::mp11::mp_for_each<MembersOf<T>>([&out, &reader, &request](auto d) {
        std::optional<std::string> text;
        read_query_text(request, d.name, text);
        if (!text) return;
        Reader::At at(reader, d.name);
        using Member = std::remove_cvref_t<decltype(out.*d.pointer)>;
        static_assert(doorstep::detail::is_optional<Member>, "query parameters are optional members");
        if (text->empty()) return;
        read_text(*text, (out.*d.pointer).emplace(), reader);
    });
    constexpr auto count = boost::mp11::mp_size<MembersOf<T>>::value;
    std::string_view names[count + 1];
    std::size_t next = 0;
    boost::mp11::mp_for_each<MembersOf<T>>([&names, &next](auto d) { names[next++] = d.name; });
    if (reader.refuses_unknown()) refuse_unknown_query(request, names, count, reader);
    if constexpr (doorstep::detail::Validated<T>) {
        if (reader.errors().empty()) out.validate(reader);
    }
    reader.require_ok();
    return out;
}

/// Reads one argument of a handler from the request.
template <class T>
T read_argument(
    const Context& ctx, const Route& route, const std::vector<std::string>& path_values, std::size_t& next_path_value
) {
    if constexpr (is_query<T>) {
        return T{read_query<decltype(T::value)>(*ctx.request, route.unknown)};
    } else if constexpr (std::is_same_v<T, RawBody>) {
        return RawBody{ctx.request->body};
    } else if constexpr (is_upload<T>) {
        return read_upload<typename T::Fields>(*ctx.request, route.unknown);
    } else if constexpr (Scalar<T>) {
        // A path value that is no id names nothing: 404, as for an unknown one.
        T value{};
        auto& text = path_values.at(next_path_value++);
        if (Field<T>::parse(text, value)) throw not_found("thing at this address");
        return value;
    } else {
        require_json_content(*ctx.request);
        return from_json<T>(ctx.request->body, route.unknown);
    }
}

template <class T>
struct Answer {
    using Body = T;
    static constexpr int status = 200;
    static Response make(const Request&, const T& value) { return Response::json(to_json(value)); }
};
template <class T>
struct Answer<Created<T>> {
    using Body = T;
    static constexpr int status = 201;
    static Response make(const Request&, const Created<T>& value) { return created(value.location, to_json(value.body)); }
};
template <class T>
struct Answer<Accepted<T>> {
    using Body = T;
    static constexpr int status = 202;
    static Response make(const Request&, const Accepted<T>& value) { return accepted(value.location, to_json(value.body)); }
};
template <class T>
struct Answer<Versioned<T>> {
    using Body = T;
    static constexpr int status = 200;
    static Response make(const Request& request, const Versioned<T>& value) {
        return versioned(request, value.version, to_json(value.body));
    }
};
} // namespace detail

/// The routes of the product, in one readable list per module. Handlers are typed free functions:
///   Task<Client> get_client(Contacts&, Context&, Id<Contact>)
/// After Module& and Context&: scalars take the path's {parameters} in order, Query<T> the query string, RawBody the bytes,
/// Upload<T> a form with a file, any other described struct the JSON body. The result is encoded: a described struct (200), Created, Accepted, Versioned, Response
/// (as is), or void (204).
class Router {
public:
    Router();
    ~Router();
    Router(const Router&) = delete;
    Router& operator=(const Router&) = delete;

    template <class Module, class Result, class... Args>
    Route& add(std::string method, std::string pattern, Module& module, Task<Result> (*handler)(Module&, Context&, Args...)) {
        Route& route = open_route(std::move(method), std::move(pattern));
        (describe_argument<std::remove_cvref_t<Args>>(route), ...);
        if constexpr (std::is_void_v<Result>) {
            route.answer_status = 204;
        } else if constexpr (!std::is_same_v<Result, Response>) {
            route.answer_status = detail::Answer<Result>::status;
            route.answer_schema = schemas_.of<typename detail::Answer<Result>::Body>(Schemas::Direction::out);
            route.guards_version = detail::is_versioned<Result> && route.method != "GET";
        }
        route.handle = [&route, &module, handler](Context& ctx, const std::vector<std::string>& path_values) -> Task<Response> {
            [[maybe_unused]] std::size_t next = 0;
            static_cast<void>(route); // of a handler without arguments
            // Braces fix the order of evaluation.
            std::tuple<std::remove_cvref_t<Args>...> arguments{
                detail::read_argument<std::remove_cvref_t<Args>>(ctx, route, path_values, next)...
            };
            return call<Result>(module, ctx, handler, std::move(arguments));
        };
        return route;
    }

    /// Groups the routes added next under a tag of the OpenAPI document.
    void tag(std::string name) { tag_ = std::move(name); }

    struct Match {
        const Route* route = nullptr; ///< null: no such path, or (with `allow`) not this method
        std::vector<std::string> path_values;
        std::string allow; ///< "GET, PATCH" where the path exists
    };
    Match match(std::string_view method, std::string_view path) const;

    const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }
    /// Gives every route that is not public what `permission_of` says of it; nothing is a mistake that check() tells.
    void permit(const std::function<std::optional<Permission>(const Route&)>& permission_of);
    Schemas& schemas() { return schemas_; }
    /// The OpenAPI 3.1 document.
    std::string openapi(std::string_view version, std::string_view public_url) const;
    /// Throws std::logic_error on a route that is neither public nor scoped, or shadowed by another.
    void check() const;

private:
    Route& open_route(std::string method, std::string pattern);

    template <class Arg>
    void describe_argument(Route& route) {
        if constexpr (detail::is_query<Arg>) {
            route.query_schema = schemas_.of<decltype(Arg::value)>(Schemas::Direction::in);
        } else if constexpr (std::is_same_v<Arg, RawBody>) {
            route.body_schema = "{}";
            route.body_type = "*/*";
        } else if constexpr (detail::is_upload<Arg>) {
            route.body_schema = detail::upload_schema<typename Arg::Fields>(schemas_);
            route.body_type = "multipart/form-data";
        } else if constexpr (Scalar<Arg>) {
            route.path_schemas.push_back(Field<Arg>::schema());
        } else {
            route.body_schema = schemas_.of<Arg>(Schemas::Direction::in);
        }
    }

    template <class Result, class Module, class... Args>
    static Task<Response> call(
        Module& module, Context& ctx, Task<Result> (*handler)(Module&, Context&, Args...),
        std::tuple<std::remove_cvref_t<Args>...> arguments
    ) {
        if constexpr (std::is_void_v<Result>) {
            co_await std::apply([&](auto&... argument) { return handler(module, ctx, std::move(argument)...); }, arguments);
            co_return Response::empty();
        } else if constexpr (std::is_same_v<Result, Response>) {
            co_return co_await std::apply(
                [&](auto&... argument) { return handler(module, ctx, std::move(argument)...); }, arguments
            );
        } else {
            Result result =
                co_await std::apply([&](auto&... argument) { return handler(module, ctx, std::move(argument)...); }, arguments);
            co_return detail::Answer<Result>::make(*ctx.request, result);
        }
    }

    struct Node;
    std::unique_ptr<Node> root_;
    std::vector<std::unique_ptr<Route>> routes_;
    std::vector<std::string> mistakes_; ///< of patterns, told by check()
    std::string tag_;
    Schemas schemas_;
};

} // namespace doorstep::http
