#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/described.hpp"
#include "http/message.hpp"

namespace doorstep::http {

/// A part of a multipart/form-data body (RFC 7578).
struct FormPart {
    std::string name;
    std::optional<std::string> filename;
    std::string_view bytes; ///< of the body that was parsed
};

/// Strict: no text around the parts, at most 32 of them, no transfer encodings. The failure is a sentence for the sender.
std::expected<std::vector<FormPart>, std::string_view> parse_multipart(std::string_view content_type, std::string_view body);

struct UploadedFile {
    std::string name;       ///< as the sender calls it; not to be trusted
    std::string_view bytes; ///< live as long as the request
};

struct NoFields {
    BOOST_DESCRIBE_CLASS(NoFields, (), (), (), ())
};

/// A form with one file, in the part `file`, and the described struct's members as its other fields.
template <class T = NoFields>
struct Upload {
    using Fields = T;
    UploadedFile file;
    T fields;
};

namespace detail {

template <class T>
inline constexpr bool is_upload = false;
template <class T>
inline constexpr bool is_upload<Upload<T>> = true;

/// Throws Error 415 where the request is no form, 400 where it is malformed.
std::vector<FormPart> form_parts(const Request& request);
const FormPart* find_part(const std::vector<FormPart>& parts, std::string_view name);
UploadedFile read_file(const std::vector<FormPart>& parts, Reader& reader);
void refuse_parts(const std::vector<FormPart>& parts, const std::vector<std::string_view>& known, Reader& reader);

template <class T>
void read_form_member(const std::vector<FormPart>& parts, std::string_view name, T& out, Reader& reader) {
    auto part = find_part(parts, name);
    if constexpr (doorstep::detail::is_optional<T>) {
        if (!part || part->bytes.empty()) return;
        Reader::At at(reader, name);
        read_text(part->bytes, out.emplace(), reader);
    } else {
        if (!part) return reader.fail(name, "required", "is required");
        Reader::At at(reader, name);
        read_text(part->bytes, out, reader);
    }
}

template <class T>
Upload<T> read_upload(const Request& request, Reader::Unknown unknown) {
    auto parts = form_parts(request);
    Reader reader(unknown);
    Upload<T> upload;
    upload.file = read_file(parts, reader);
    std::vector<std::string_view> known{"file"};
    boost::mp11::mp_for_each<MembersOf<T>>([&upload, &parts, &known, &reader](auto d) {
        known.push_back(d.name);
        read_form_member(parts, d.name, upload.fields.*d.pointer, reader);
    });
    refuse_parts(parts, known, reader);
    reader.require_ok();
    return upload;
}

template <class T>
std::string upload_schema(Schemas& schemas) {
    std::string properties = R"("file":{"type":"string","format":"binary"})";
    std::string required = R"("file")";
    boost::mp11::mp_for_each<MembersOf<T>>([&schemas, &properties, &required](auto d) {
        using Member = std::remove_cvref_t<decltype(std::declval<T&>().*d.pointer)>;
        properties += "," + json_quote(d.name) + ":" + schemas.of<Member>(Schemas::Direction::in);
        if (!doorstep::detail::is_optional<Member>) required += "," + json_quote(d.name);
    });
    return R"({"type":"object","properties":{)" + properties + R"(},"required":[)" + required + "]}";
}

} // namespace detail
} // namespace doorstep::http
