#include "core/described.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace doorstep::detail {

namespace {

std::string number_text(JsonView in) {
    if (in.kind() == JsonView::Kind::integer) return std::to_string(in.integer());
    auto text = in.text();
    // 5.0 and 5e0 are the whole number 5 to every JSON writer that knows only floating point.
    auto value = in.number();
    if (std::abs(value) < 9e15 && value == static_cast<double>(static_cast<std::int64_t>(value))) {
        return std::to_string(static_cast<std::int64_t>(value));
    }
    return text;
}

std::string_view wanted(JsonKind kind) {
    switch (kind) {
    case JsonKind::string: return "must be a string";
    case JsonKind::integer: return "must be a whole number";
    case JsonKind::number: return "must be a number";
    case JsonKind::boolean: return "must be true or false";
    }
    return "has the wrong type";
}

} // namespace

bool read_scalar(JsonView in, JsonKind kind, std::string& text, Reader& reader) {
    using Kind = JsonView::Kind;
    auto found = in.kind();
    if (kind == JsonKind::string && found == Kind::string) {
        text = in.string();
    } else if (kind == JsonKind::boolean && found == Kind::boolean) {
        text = in.boolean() ? "true" : "false";
    } else if ((kind == JsonKind::integer || kind == JsonKind::number) && (found == Kind::integer || found == Kind::number)) {
        text = number_text(in);
    } else if (found == Kind::null) {
        reader.fail("null", "may not be null");
        return false;
    } else {
        reader.fail("type", std::string(wanted(kind)));
        return false;
    }
    return true;
}

void refuse_unknown(JsonView in, const std::string_view* names, std::size_t count, Reader& reader) {
    in.each_member([&](std::string_view member, JsonView) {
        if (std::find(names, names + count, member) == names + count) {
            reader.fail(std::string_view(member.substr(0, 100)), "unknown", "is not a field of this request");
        }
    });
}

bool read_json_text(JsonView in, std::string& out, bool object_only, Reader& reader) {
    if (object_only && in.kind() != JsonView::Kind::object) {
        reader.fail(in.is_null() ? "null" : "type", in.is_null() ? "may not be null" : "must be an object");
        return false;
    }
    auto text = in.text();
    if (object_only && text.size() > 64 * 1024) {
        reader.fail("too_long", "must have at most 64 kB");
        return false;
    }
    // PostgreSQL's jsonb holds everything JSON can say but this.
    if (text.find("\\u0000") != text.npos) {
        reader.fail("invalid", "may not contain NUL");
        return false;
    }
    out = std::move(text);
    return true;
}

Fault not_one_of(const std::vector<std::string_view>& texts) {
    return {"not_allowed", fmt::format("must be one of: {}", fmt::join(texts, ", "))};
}

void refuse_none(std::span<const std::string_view> names, Reader& reader) {
    std::string others;
    for (auto name : names.subspan(1)) others += (others.empty() ? "" : " or ") + std::string(name);
    reader.fail(names.front(), "required", "is required where there is no " + others);
}

std::string enum_schema(const std::vector<std::string_view>& texts) {
    std::string out = R"({"type":"string","enum":[)";
    for (auto text : texts) {
        if (out.back() != '[') out += ',';
        out += json_quote(text);
    }
    return out + "]}";
}

std::string schema_name(std::string_view short_name) {
    // Page<doorstep::contacts::Client> reads "ClientPage".
    auto open = short_name.find('<');
    if (open == short_name.npos) return std::string(short_name);
    auto inner = short_name.substr(open + 1, short_name.rfind('>') - open - 1);
    auto colon = inner.rfind(':');
    if (colon != inner.npos) inner = inner.substr(colon + 1);
    return std::string(inner) + std::string(short_name.substr(0, open));
}

} // namespace doorstep::detail

namespace doorstep {

namespace {

constexpr std::string_view input_mark = "@in";

} // namespace

std::string Schemas::nullable(const std::string& schema) {
    if (schema == "{}") return schema;
    return R"({"anyOf":[)" + schema + R"(,{"type":"null"}]})";
}

std::optional<Schemas::Key> Schemas::open(const std::string& name, Direction direction) {
    Key key{name, direction};
    auto [place, added] = components_.try_emplace(key, "");
    return added ? std::optional(key) : std::nullopt;
}

void Schemas::close(const Key& key, const std::vector<Property>& properties, std::span<const std::string_view> one_of) {
    std::string required;
    std::string members;
    for (auto& property : properties) {
        if (!members.empty()) members += ',';
        members += json_quote(property.name) + ":" + property.schema;
        if (!property.required) continue;
        if (!required.empty()) required += ',';
        required += json_quote(property.name);
    }
    std::string out = R"({"type":"object","properties":{)" + members + "}";
    if (!required.empty()) out += R"(,"required":[)" + required + "]";
    std::string choices;
    for (auto name : one_of) {
        auto there =
            R"({"required":[)" + json_quote(name) + R"(],"properties":{)" + json_quote(name) + R"(:{"not":{"type":"null"}}}})";
        choices += (choices.empty() ? "" : ",") + there;
    }
    if (!choices.empty()) out += R"(,"anyOf":[)" + choices + "]";
    if (key.direction == Direction::in) out += R"(,"additionalProperties":false)";
    components_[key] = out + "}";
}

std::string Schemas::reference(const std::string& name, Direction direction) {
    return fmt::format(R"({{"$ref":"#/components/schemas/{}{}"}})", name, direction == Direction::in ? input_mark : "");
}

std::string Schemas::components() const {
    std::string out = "{";
    for (auto& [key, schema] : components_) {
        if (out.size() > 1) out += ',';
        out += json_quote(key.name + std::string(key.direction == Direction::in ? input_mark : "")) + ":" + schema;
    }
    return out + "}";
}

std::string Schemas::finish(std::string document) const {
    for (auto& [key, schema] : components_) {
        if (key.direction != Direction::in) continue;
        bool has_twin = components_.contains({key.name, Direction::out});
        auto from = key.name + std::string(input_mark) + "\"";
        auto to = key.name + (has_twin ? "Input\"" : "\"");
        for (std::size_t at = 0; (at = document.find(from, at)) != document.npos; at += to.size()) {
            // The mark must follow the whole name: "#/components/schemas/NAME@in" or "NAME@in":.
            if (at > 0 && (document[at - 1] == '/' || document[at - 1] == '"')) document.replace(at, from.size(), to);
        }
    }
    return document;
}

} // namespace doorstep
