#include "http/multipart.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "http/ascii.hpp"

namespace doorstep::http {
namespace {

constexpr std::size_t max_parts = 32;
constexpr std::size_t max_part_head = 4 * 1024;
constexpr std::string_view line_end = "\r\n";

using Refused = std::unexpected<std::string_view>;

bool take(std::string_view& rest, std::string_view prefix) {
    if (!rest.starts_with(prefix)) return false;
    rest.remove_prefix(prefix.size());
    return true;
}

/// A token or a quoted string in front of `rest`. In a quoted string a backslash escapes quotes and itself; of what browsers write
/// as %22, %0D and %0A the quote alone may stand in a name.
std::optional<std::string> take_value(std::string_view& rest) {
    if (!take(rest, "\"")) {
        auto end = std::find_if_not(rest.begin(), rest.end(), is_token);
        std::string token(rest.begin(), end);
        rest.remove_prefix(token.size());
        return token.empty() ? std::nullopt : std::optional(std::move(token));
    }
    std::string value;
    while (!rest.empty()) {
        if (take(rest, "\"")) return value;
        if (take(rest, "%22")) {
            value += '"';
            continue;
        }
        if (rest.starts_with("\\\"") || rest.starts_with("\\\\")) rest.remove_prefix(1);
        value += rest.front();
        rest.remove_prefix(1);
    }
    return std::nullopt;
}

/// Calls `visit(name, value)` for each ;name=value; false where they are malformed.
template <class Visit>
bool each_parameter(std::string_view rest, Visit visit) {
    while (!(rest = strip(rest)).empty()) {
        if (!take(rest, ";")) return false;
        rest = strip(rest);
        auto end = std::find_if_not(rest.begin(), rest.end(), is_token);
        std::string name(rest.begin(), end);
        std::ranges::transform(name, name.begin(), lower);
        rest.remove_prefix(name.size());
        if (name.empty() || !take(rest, "=")) return false;
        auto value = take_value(rest);
        if (!value || !visit(name, std::move(*value))) return false;
    }
    return true;
}

std::optional<std::string> boundary_of(std::string_view content_type) {
    auto rest = content_type;
    auto type = strip(take_until(rest, ';'));
    if (!equal_ignoring_case(type, "multipart/form-data")) return std::nullopt;
    std::optional<std::string> boundary;
    auto parameters = content_type.substr(content_type.size() - rest.size() - (rest.empty() ? 0 : 1));
    auto keep = [&boundary](const std::string& name, std::string value) {
        if (name != "boundary") return true;
        if (boundary) return false;
        boundary = std::move(value);
        return true;
    };
    if (!each_parameter(parameters, keep) || !boundary || boundary->empty() || boundary->size() > 70) return std::nullopt;
    auto allowed = [](char c) {
        return is_alphanumeric(c) || std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
    };
    if (!std::ranges::all_of(*boundary, allowed) || boundary->back() == ' ') return std::nullopt;
    return boundary;
}

bool read_disposition(std::string_view value, FormPart& part) {
    auto rest = value;
    auto type = strip(take_until(rest, ';'));
    if (!equal_ignoring_case(type, "form-data")) return false;
    bool named = false;
    auto keep = [&](const std::string& name, std::string text) {
        if (!is_clean_text(text)) return false;
        if (name == "name") {
            if (std::exchange(named, true)) return false;
            part.name = std::move(text);
        } else if (name == "filename") {
            if (part.filename) return false;
            part.filename = std::move(text);
        }
        return true;
    };
    auto parameters = value.substr(value.size() - rest.size() - (rest.empty() ? 0 : 1));
    return each_parameter(parameters, keep) && named && !part.name.empty();
}

std::optional<std::string_view> read_part_head(std::string_view head, FormPart& part) {
    bool disposed = false;
    while (!head.empty()) {
        auto end = head.find(line_end);
        auto line = head.substr(0, end);
        head.remove_prefix(end == head.npos ? head.size() : end + line_end.size());
        auto value = line;
        auto name = take_until(value, ':');
        if (name.empty() || name.size() == line.size() || !std::ranges::all_of(name, is_token))
            return "A part's header is malformed.";
        if (equal_ignoring_case(name, "Content-Disposition")) {
            if (std::exchange(disposed, true) || !read_disposition(strip(value), part))
                return "A part's Content-Disposition is malformed.";
        } else if (equal_ignoring_case(name, "Content-Transfer-Encoding")) {
            auto encoding = strip(value);
            if (!equal_ignoring_case(encoding, "binary") && !equal_ignoring_case(encoding, "8bit") &&
                !equal_ignoring_case(encoding, "7bit"))
                return "A part has a transfer encoding, which forms may not use.";
        }
    }
    if (!disposed) return "A part has no Content-Disposition.";
    return std::nullopt;
}

} // namespace

std::expected<std::vector<FormPart>, std::string_view> parse_multipart(std::string_view content_type, std::string_view body) {
    auto boundary = boundary_of(content_type);
    if (!boundary) return Refused("The Content-Type has no proper boundary.");
    auto delimiter = "\r\n--" + *boundary;
    auto rest = body;
    std::vector<FormPart> parts;
    // The first delimiter lacks the line end before it.
    if (!take(rest, std::string_view(delimiter).substr(line_end.size())))
        return Refused("The body does not begin with its boundary.");
    while (!take(rest, "--")) {
        if (!take(rest, line_end)) return Refused("A boundary is not followed by a line end.");
        if (parts.size() == max_parts) return Refused("The form has too many parts.");
        auto head_end = rest.substr(0, max_part_head).find("\r\n\r\n");
        if (head_end == rest.npos) return Refused("A part's header does not end.");
        auto& part = parts.emplace_back();
        if (auto why = read_part_head(rest.substr(0, head_end), part)) return Refused(*why);
        rest.remove_prefix(head_end + line_end.size()); // an empty part's delimiter begins with the second line end
        auto end = rest.find(delimiter);
        if (end == rest.npos) return Refused("A part does not end with the boundary.");
        part.bytes = end == 0 ? std::string_view() : rest.substr(line_end.size(), end - line_end.size());
        rest.remove_prefix(end + delimiter.size());
    }
    if (!rest.empty() && rest != line_end) return Refused("Something follows the last boundary.");
    return parts;
}

namespace detail {

std::vector<FormPart> form_parts(const Request& request) {
    auto content_type = request.header("Content-Type").value_or("");
    auto rest = content_type;
    if (!equal_ignoring_case(strip(take_until(rest, ';')), "multipart/form-data"))
        throw Error(415, "unsupported_media_type", "Send the body as multipart/form-data.");
    if (request.header("Content-Encoding"))
        throw Error(415, "unsupported_content_encoding", "Send the body without Content-Encoding.");
    auto parts = parse_multipart(content_type, request.body);
    if (!parts) throw bad_request("malformed_form", std::string(parts.error()));
    return std::move(*parts);
}

const FormPart* find_part(const std::vector<FormPart>& parts, std::string_view name) {
    auto found = std::ranges::find(parts, name, &FormPart::name);
    return found == parts.end() ? nullptr : &*found;
}

UploadedFile read_file(const std::vector<FormPart>& parts, Reader& reader) {
    auto part = find_part(parts, "file");
    if (!part || !part->filename) {
        reader.fail("file", "required", "is required, as a file with a name");
        return {};
    }
    if (part->bytes.empty()) reader.fail("file", "empty", "is empty");
    return {*part->filename, part->bytes};
}

void refuse_parts(const std::vector<FormPart>& parts, const std::vector<std::string_view>& known, Reader& reader) {
    for (auto part = parts.begin(); part != parts.end(); ++part) {
        bool is_known = std::ranges::find(known, part->name) != known.end();
        if (!is_known && reader.refuses_unknown()) reader.fail(part->name, "unknown", "is not a known field");
        if (std::find_if(parts.begin(), part, [part](auto& earlier) { return earlier.name == part->name; }) != part)
            reader.fail(part->name, "duplicate", "is given more than once");
    }
}

} // namespace detail
} // namespace doorstep::http
