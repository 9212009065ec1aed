#pragma once

// Structs and enums described once (Boost.Describe): JSON in with every bad field, JSON out, OpenAPI schema.

#include <algorithm>
#include <array>
#include <boost/describe.hpp>
#include <boost/mp11/algorithm.hpp>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/field.hpp"

namespace doorstep {

template <class T>
concept DescribedStruct = boost::describe::has_describe_members<T>::value && std::is_class_v<T> && !Scalar<T>;

template <class T>
using MembersOf = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

namespace detail {
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_patch = false;
template <class T>
inline constexpr bool is_patch<Patch<T>> = true;
template <class T>
inline constexpr bool is_list = false;
template <class T>
inline constexpr bool is_list<std::vector<T>> = true;
template <class T>
inline constexpr bool is_map = false;
template <class T>
inline constexpr bool is_map<std::map<std::string, T>> = true;

/// "Client" of doorstep::contacts::Client.
constexpr std::string_view short_name(std::string_view pretty) {
    auto start = pretty.find("T = ") + 4;
    auto end = pretty.find_last_of(']');
    auto name = pretty.substr(start, end - start);
    auto colon = name.substr(0, name.find('<')).rfind(':');
    return colon == name.npos ? name : name.substr(colon + 1);
}
std::string schema_name(std::string_view short_name);

bool read_scalar(JsonView in, JsonKind kind, std::string& text, Reader& reader);
void refuse_unknown(JsonView in, const std::string_view* names, std::size_t count, Reader& reader);
} // namespace detail

/// A type's name in the OpenAPI document and in TypeScript: "Client", "ClientPage" for Page<Client>.
template <class T>
std::string type_name() {
    return detail::schema_name(detail::short_name(__PRETTY_FUNCTION__));
}

namespace detail {
template <class E>
struct Enumerator {
    E value;
    std::string_view name;
};

template <class E, template <class...> class List, class... Descriptors>
constexpr auto enumerators(List<Descriptors...>) {
    return std::array<Enumerator<E>, sizeof...(Descriptors)>{{{Descriptors::value, Descriptors::name}...}};
}

template <class E>
inline constexpr auto enumerators_of = enumerators<E>(boost::describe::describe_enumerators<E>{});
} // namespace detail

/// The texts of an enum: its enumerators' names, unless specialised (`Day 1`).
template <class E>
struct EnumText {
    static std::string_view text(E value) {
        for (const auto& enumerator : detail::enumerators_of<E>) {
            if (enumerator.value == value) return enumerator.name;
        }
        throw std::logic_error("an enum holds none of its values");
    }
};

template <class E>
    requires std::is_enum_v<E> && boost::describe::has_describe_enumerators<E>::value
std::string_view enum_text(E value) {
    return EnumText<E>::text(value);
}

template <class E>
std::vector<std::string_view> enum_texts() {
    std::vector<std::string_view> texts;
    for (const auto& enumerator : detail::enumerators_of<E>) texts.push_back(EnumText<E>::text(enumerator.value));
    return texts;
}

namespace detail {
Fault not_one_of(const std::vector<std::string_view>& texts);
std::string enum_schema(const std::vector<std::string_view>& texts);
} // namespace detail

template <class E>
    requires std::is_enum_v<E> && boost::describe::has_describe_enumerators<E>::value
struct Field<E> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, E& out) {
        for (const auto& enumerator : detail::enumerators_of<E>) {
            if (EnumText<E>::text(enumerator.value) != text) continue;
            out = enumerator.value;
            return std::nullopt;
        }
        return detail::not_one_of(enum_texts<E>());
    }
    static std::string_view view(E value) { return EnumText<E>::text(value); }
    static std::string schema() { return detail::enum_schema(enum_texts<E>()); }
};

// Generic lambdas name what they capture: with [&] the order of captures, and so the layout, is left to where each translation
// unit first needs the body, and the linker keeps only one of them.

// --- reading ------------------------------------------------------------------------------------------------------

/// Reads a scalar from text: a query parameter, a path segment, a cell.
template <Scalar T>
bool read_text(std::string_view text, T& out, Reader& reader) {
    auto fault = Field<T>::parse(text, out);
    if (fault) reader.fail(std::move(fault->code), std::move(fault->message));
    return !fault;
}

/// Reads any type that has a codec. Returns whether `out` holds a good value; what is bad is in `reader`.
template <class T>
bool read_json(JsonView in, T& out, Reader& reader);

namespace detail {

template <class T>
void read_member(JsonView object, const char* name, T& out, Reader& reader) {
    auto member = object.find(name);
    if constexpr (is_patch<T>) {
        if (!member) return;
        Reader::At at(reader, name);
        out.value.emplace();
        read_json(*member, *out.value, reader);
    } else if constexpr (is_optional<T>) {
        if (!member || member->is_null()) return;
        Reader::At at(reader, name);
        out.emplace();
        read_json(*member, *out, reader);
    } else {
        if (!member) {
            reader.fail(name, "required", "is required");
            return;
        }
        Reader::At at(reader, name);
        read_json(*member, out, reader);
    }
}

template <class T>
concept Validated = requires(const T& value, Reader& reader) { value.validate(reader); };

/// Of some members one has to be there: `static constexpr std::array<std::string_view, 2> one_of{"email", "phone"}`.
template <class T>
concept Choosy = requires { T::one_of.size(); };

void refuse_none(std::span<const std::string_view> names, Reader& reader);

/// Asked whatever else is bad, so that all that is missing is named at once; what was given and is bad counts as there.
template <Choosy T>
void require_one(const T& value, Reader& reader) {
    bool found = false;
    boost::mp11::mp_for_each<MembersOf<T>>([&found, &value](auto d) {
        if constexpr (is_optional<std::remove_cvref_t<decltype(value.*d.pointer)>>) {
            bool counts = std::ranges::find(T::one_of, d.name) != T::one_of.end();
            found = found || (counts && (value.*d.pointer).has_value());
        }
    });
    if (!found) refuse_none(T::one_of, reader);
}

template <class T>
bool read_struct(JsonView in, T& out, Reader& reader) {
    if (in.kind() != JsonView::Kind::object) {
        reader.fail("type", "must be an object");
        return false;
    }
    auto before = reader.errors().size();
    boost::mp11::mp_for_each<MembersOf<T>>([in, &out, &reader](auto d) { read_member(in, d.name, out.*d.pointer, reader); });
    if (reader.refuses_unknown()) {
        constexpr auto count = boost::mp11::mp_size<MembersOf<T>>::value;
        std::string_view names[count + 1];
        std::size_t index = 0;
        boost::mp11::mp_for_each<MembersOf<T>>([&names, &index](auto d) { names[index++] = d.name; });
        refuse_unknown(in, names, count, reader);
    }
    if constexpr (Choosy<T>) require_one(out, reader);
    if constexpr (Validated<T>) {
        if (reader.errors().size() == before) out.validate(reader);
    }
    return reader.errors().size() == before;
}

bool read_json_text(JsonView in, std::string& out, bool object_only, Reader& reader);

} // namespace detail

template <class T>
bool read_json(JsonView in, T& out, Reader& reader) {
    if constexpr (Scalar<T>) {
        std::string text;
        if (!detail::read_scalar(in, Field<T>::kind, text, reader)) return false;
        return read_text(text, out, reader);
    } else if constexpr (detail::is_optional<T>) {
        if (in.is_null()) {
            out.reset();
            return true;
        }
        return read_json(in, out.emplace(), reader);
    } else if constexpr (detail::is_list<T>) {
        if (in.kind() != JsonView::Kind::array) {
            reader.fail("type", "must be a list");
            return false;
        }
        auto before = reader.errors().size();
        out.resize(in.size());
        for (std::size_t i = 0; i < in.size(); ++i) {
            Reader::At at(reader, i);
            typename T::value_type item{};
            if (read_json(in.at(i), item, reader)) out[i] = std::move(item);
        }
        return reader.errors().size() == before;
    } else if constexpr (detail::is_map<T>) {
        if (in.kind() != JsonView::Kind::object) {
            reader.fail("type", "must be an object");
            return false;
        }
        auto before = reader.errors().size();
        in.each_member([&](std::string_view name, JsonView value) {
            Reader::At at(reader, name);
            read_json(value, out[std::string(name)], reader);
        });
        return reader.errors().size() == before;
    } else if constexpr (std::is_same_v<T, Json> || std::is_same_v<T, JsonObject>) {
        return detail::read_json_text(in, out.text, std::is_same_v<T, JsonObject>, reader);
    } else {
        static_assert(DescribedStruct<T>, "describe the struct (BOOST_DESCRIBE_STRUCT) or specialise Field<T>");
        return detail::read_struct(in, out, reader);
    }
}

/// Parses and reads a whole document; throws Error 400 or 422 (with every bad field).
template <class T>
T from_json(std::string_view text, Reader::Unknown unknown = Reader::Unknown::refuse) {
    auto document = JsonDocument::parse(text);
    Reader reader(unknown);
    T value{};
    read_json(document.root(), value, reader);
    reader.require_ok();
    return value;
}

// --- writing ------------------------------------------------------------------------------------------------------

namespace detail {
template <std::size_t Length>
constexpr std::array<char, Length + 3> quoted(const char* name) {
    std::array<char, Length + 3> key{};
    key[0] = key[Length + 1] = '"';
    for (std::size_t i = 0; i < Length; ++i) key[i + 1] = name[i];
    key[Length + 2] = ':';
    return key;
}

/// `"name":` of a described member.
template <class Member>
inline constexpr auto quoted_name = quoted<std::char_traits<char>::length(Member::name)>(Member::name);
} // namespace detail

template <class T>
void write_json(JsonWriter& writer, const T& value) {
    if constexpr (std::is_same_v<T, bool>) {
        writer.boolean(value);
    } else if constexpr (std::is_same_v<T, double>) {
        writer.number(value);
    } else if constexpr (std::is_integral_v<T>) {
        writer.integer(static_cast<std::int64_t>(value));
    } else if constexpr (Scalar<T>) {
        if constexpr (detail::Viewed<T>) {
            writer.string(Field<T>::view(value));
        } else if constexpr (Field<T>::kind == JsonKind::string) {
            auto& out = writer.value();
            out += '"';
            Field<T>::append(out, value);
            out += '"';
        } else {
            Field<T>::append(writer.value(), value);
        }
    } else if constexpr (detail::is_optional<T>) {
        if (value)
            write_json(writer, *value);
        else
            writer.null();
    } else if constexpr (detail::is_patch<T>) {
        write_json(writer, value.value);
    } else if constexpr (detail::is_list<T>) {
        writer.begin_array();
        for (const auto& item : value) write_json(writer, item);
        writer.end_array();
    } else if constexpr (detail::is_map<T>) {
        writer.begin_object();
        for (const auto& [name, item] : value) {
            writer.key(name);
            write_json(writer, item);
        }
        writer.end_object();
    } else if constexpr (std::is_same_v<T, Json> || std::is_same_v<T, JsonObject>) {
        writer.raw(value.text.empty() ? std::string_view("null") : std::string_view(value.text));
    } else {
        static_assert(DescribedStruct<T>, "describe the struct (BOOST_DESCRIBE_STRUCT) or specialise Field<T>");
        writer.begin_object();
        boost::mp11::mp_for_each<MembersOf<T>>([&writer, &value](auto d) {
            constexpr auto& key = detail::quoted_name<decltype(d)>;
            writer.quoted_key({key.data(), key.size()});
            write_json(writer, value.*d.pointer);
        });
        writer.end_object();
    }
}

template <class T>
std::string to_json(const T& value) {
    std::string out;
    JsonWriter writer(out);
    write_json(writer, value);
    return out;
}

// --- schema -------------------------------------------------------------------------------------------------------

/// Collects the named schemas of an OpenAPI document. A type that serves both ways gets two where they differ: an input may
/// leave optional members out, an output always has them.
class Schemas {
public:
    enum class Direction { in, out };

    /// The schema of T, as JSON text: inline for scalars, a $ref for described structs.
    template <class T>
    std::string of(Direction direction) {
        if constexpr (Scalar<T>) {
            return Field<T>::schema();
        } else if constexpr (detail::is_optional<T>) {
            return nullable(of<typename T::value_type>(direction));
        } else if constexpr (detail::is_patch<T>) {
            return of<typename decltype(T::value)::value_type>(direction);
        } else if constexpr (detail::is_list<T>) {
            return R"({"type":"array","items":)" + of<typename T::value_type>(direction) + "}";
        } else if constexpr (detail::is_map<T>) {
            return R"({"type":"object","additionalProperties":)" + of<typename T::mapped_type>(direction) + "}";
        } else if constexpr (std::is_same_v<T, Json>) {
            return "{}";
        } else if constexpr (std::is_same_v<T, JsonObject>) {
            return R"({"type":"object","additionalProperties":true})";
        } else {
            auto name = type_name<T>();
            auto slot = open(name, direction);
            if (slot) {
                std::vector<Property> properties;
                boost::mp11::mp_for_each<MembersOf<T>>([this, &properties, direction](auto d) {
                    using Member = std::remove_cvref_t<decltype(std::declval<T&>().*d.pointer)>;
                    bool may_be_absent = detail::is_optional<Member> || detail::is_patch<Member>;
                    properties.push_back(
                        {d.name, this->template of<Member>(direction), direction == Direction::out || !may_be_absent}
                    );
                });
                std::span<const std::string_view> one_of;
                if constexpr (detail::Choosy<T>) one_of = T::one_of;
                close(*slot, properties, one_of);
            }
            return reference(name, direction);
        }
    }

    /// {"Client": {...}, ...}, sorted by name; the names of inputs still carry a mark.
    std::string components() const;
    /// Replaces the marks in a whole document: an input is called "Client", or "ClientInput" where an output has that name.
    std::string finish(std::string document) const;

private:
    struct Property {
        std::string name;
        std::string schema;
        bool required;
    };
    struct Key {
        std::string name;
        Direction direction;
        auto operator<=>(const Key&) const = default;
    };

    static std::string nullable(const std::string& schema);
    std::optional<Key> open(const std::string& name, Direction direction);
    void close(const Key& key, const std::vector<Property>& properties, std::span<const std::string_view> one_of);
    static std::string reference(const std::string& name, Direction direction);
    std::map<Key, std::string> components_;
};

} // namespace doorstep
