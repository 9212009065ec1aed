#include "test/support/plausible.hpp"

#include <algorithm>

namespace doorstep::test {
namespace {

std::string_view text_of(JsonView schema, std::string_view member) {
    auto found = schema.find(member);
    return found && found->kind() == JsonView::Kind::string ? found->string() : std::string_view();
}

class Body {
public:
    Body(JsonView document, const std::string& id) : document_(document), id_(id) {}

    std::string of(JsonView schema) const {
        schema = resolved(schema);
        if (auto values = schema.find("enum")) return json_quote(values->at(0).string());
        auto type = text_of(schema, "type");
        if (type == "object") return object(schema);
        if (type == "array") return "[" + of(*schema.find("items")) + "]";
        if (type == "boolean") return "true";
        if (type == "integer" || type == "number") return number(schema);
        if (type == "string") return json_quote(text(schema));
        return "{}";
    }

private:
    /// Through references, and past null where it is a choice.
    JsonView resolved(JsonView schema) const {
        auto choices = schema.find("anyOf");
        if (choices && !schema.find("properties")) return resolved(choices->at(0));
        auto reference = text_of(schema, "$ref");
        if (reference.empty()) return schema;
        auto name = reference.substr(reference.rfind('/') + 1);
        return resolved(*document_.find("components")->find("schemas")->find(name));
    }

    std::string object(JsonView schema) const {
        std::string out;
        JsonWriter writer(out);
        writer.begin_object();
        if (auto properties = schema.find("properties")) {
            properties->each_member([&](std::string_view name, JsonView property) {
                if (!is_required(schema, name) && !holds_id(property)) return;
                writer.key(name);
                writer.raw(of(property));
            });
        }
        writer.end_object();
        return out;
    }

    static bool is_required(JsonView schema, std::string_view name) {
        auto required = schema.find("required");
        for (std::size_t i = 0; required && i < required->size(); ++i) {
            if (required->at(i).string() == name) return true;
        }
        // Of several ways to be whole, the first.
        auto ways = schema.find("anyOf");
        return ways && is_required(ways->at(0), name);
    }

    bool holds_id(JsonView property) const {
        auto schema = resolved(property);
        if (auto items = schema.find("items")) schema = resolved(*items);
        return text_of(schema, "format") == "uuid";
    }

    static std::string number(JsonView schema) {
        auto least = schema.find("minimum");
        return least ? least->text() : "1";
    }

    std::string text(JsonView schema) const {
        auto format = text_of(schema, "format");
        if (format == "uuid") return id_;
        if (format == "email") return "somebody@example.com";
        if (format == "phone") return "+12025550123";
        if (format == "date-time") return "2030-03-05T15:00:00Z";
        if (auto examples = schema.find("examples")) return std::string(examples->at(0).string());
        auto least = schema.find("minLength");
        return std::string(std::max<std::size_t>(least ? std::size_t(least->integer()) : 1, 14), 'x');
    }

    JsonView document_;
    const std::string& id_;
};

} // namespace

std::string plausible_body(JsonView document, JsonView operation, const std::string& id) {
    auto body = operation.find("requestBody");
    auto json = body ? body->find("content")->find("application/json") : std::nullopt;
    return json ? Body(document, id).of(*json->find("schema")) : "";
}

} // namespace doorstep::test
