#include "http/message.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "http/ascii.hpp"

namespace doorstep::http {

void Headers::add(std::string name, std::string value) {
    if (fields_.empty()) fields_.reserve(8); // most messages have a handful
    fields_.emplace_back(std::move(name), std::move(value));
}

void Headers::set(std::string_view name, std::string value) {
    remove(name);
    add(std::string(name), std::move(value));
}

void Headers::remove(std::string_view name) {
    std::erase_if(fields_, [name](const auto& field) { return equal_ignoring_case(field.first, name); });
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
    for (const auto& [field, value] : fields_) {
        if (equal_ignoring_case(field, name)) return value;
    }
    return std::nullopt;
}

std::size_t Headers::count(std::string_view name) const {
    return std::size_t(std::ranges::count_if(fields_, [name](const auto& field) {
        return equal_ignoring_case(field.first, name);
    }));
}

std::optional<std::string_view> Request::query_value(std::string_view name) const {
    for (const auto& [field, value] : query) {
        if (field == name) return value;
    }
    return std::nullopt;
}

std::optional<std::string> Request::cookie(std::string_view name) const {
    // Proxies that speak HTTP/2 to the client may pass several Cookie fields on.
    for (const auto& [field, value] : headers.all()) {
        if (!equal_ignoring_case(field, "Cookie")) continue;
        for (std::string_view rest = value; !rest.empty();) {
            auto pair = strip(take_until(rest, ';'));
            auto equals = pair.find('=');
            if (equals != pair.npos && pair.substr(0, equals) == name) return std::string(pair.substr(equals + 1));
        }
    }
    return std::nullopt;
}

bool Request::wants_html() const {
    auto accept = header("Accept");
    if (!accept) return false;
    // A bare */* (curl, fetch) is no browser navigation.
    double html = 0;
    double json = 0;
    for (std::string_view rest = *accept; !rest.empty();) {
        auto item = take_until(rest, ',');
        auto type = strip(take_until(item, ';'));
        double weight = quality(item);
        if (equal_ignoring_case(type, "text/html") || equal_ignoring_case(type, "application/xhtml+xml"))
            html = std::max(html, weight);
        else if (equal_ignoring_case(type, "application/json") || equal_ignoring_case(type, "application/problem+json"))
            json = std::max(json, weight);
    }
    return html > json;
}

namespace {
Response with_type(std::string_view content_type, std::string text, int status) {
    Response response;
    response.status = status;
    response.headers.add("Content-Type", std::string(content_type));
    response.body = std::move(text);
    return response;
}
} // namespace

Response Response::json(std::string text, int status) {
    return with_type("application/json", std::move(text), status);
}

Response Response::html(std::string text, int status) {
    return with_type("text/html; charset=utf-8", std::move(text), status);
}

Response Response::text(std::string text, int status) {
    return with_type("text/plain; charset=utf-8", std::move(text), status);
}

Response Response::redirect(std::string location, int status) {
    Response response;
    response.status = status;
    response.headers.add("Location", std::move(location));
    return response;
}

Response Response::empty(int status) {
    Response response;
    response.status = status;
    return response;
}

bool is_clean_text(std::string_view text) {
    return text.find('\0') == text.npos && is_utf8(text);
}

std::string percent_encode(std::string_view text) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    for (char c : text) {
        auto byte = static_cast<unsigned char>(c);
        if (is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~') {
            out += c;
        } else {
            out += '%';
            out += digits[byte >> 4];
            out += digits[byte & 15];
        }
    }
    return out;
}

bool percent_decode_strict(std::string_view text, bool plus_is_space, std::string& out) {
    bool well_formed = true;
    out.reserve(out.size() + text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
            int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
            if (high >= 0 && low >= 0) {
                out += static_cast<char>(high * 16 + low);
                i += 2;
                continue;
            }
            well_formed = false;
        }
        out += plus_is_space && c == '+' ? ' ' : c;
    }
    return well_formed;
}

std::string percent_decode(std::string_view text, bool plus_is_space) {
    std::string out;
    percent_decode_strict(text, plus_is_space, out);
    return out;
}

std::optional<std::vector<std::pair<std::string, std::string>>> parse_form(std::string_view body) {
    std::vector<std::pair<std::string, std::string>> fields;
    while (!body.empty()) {
        auto pair = take_until(body, '&');
        if (pair.empty()) continue;
        auto name = take_until(pair, '=');
        auto& field = fields.emplace_back();
        if (!percent_decode_strict(name, true, field.first) || !percent_decode_strict(pair, true, field.second))
            return std::nullopt;
        if (!is_clean_text(field.first) || !is_clean_text(field.second)) return std::nullopt;
        // A form of more fields than any of ours is an attack on whoever searches it.
        if (fields.size() > 1000) return std::nullopt;
    }
    return fields;
}

} // namespace doorstep::http
