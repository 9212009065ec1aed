#include "sandbox/sendgrid_mail.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/email.hpp"
#include "core/text.hpp"

namespace doorstep::sandbox::sendgrid {
namespace {

using Kind = JsonView::Kind;
using Names = std::set<std::string_view>;

const Names known_fields = {"asm",           "attachments", "batch_id",     "categories",    "content",          "custom_args",
                            "from",          "headers",     "ip_pool_name", "mail_settings", "personalizations", "reply_to",
                            "reply_to_list", "send_at",     "subject",      "template_id",   "tracking_settings"};
const Names known_personal_fields = {"bcc",     "cc",      "custom_args", "dynamic_template_data", "from",
                                     "headers", "send_at", "subject",     "substitutions",         "to"};
const Names reserved_headers = {
    "x-sg-id", "x-sg-eid", "received", "dkim-signature", "content-type", "content-transfer-encoding",
    "to",      "from",     "subject",  "reply-to",       "cc",           "bcc"
};

struct Address {
    std::string email;
    std::string shown;
};

/// Reads a request; what is wrong gathers in `refusals`.
class MailReader {
public:
    explicit MailReader(JsonView root) : root_(root) {}

    MailRequest read() {
        refuse_unknown(root_, known_fields, "");
        common_.from_shown = read_from();
        read_content();
        auto subject = text_at(root_, "subject", "subject");
        read_headers(root_, "headers", common_.headers);
        std::map<std::string, std::string> args;
        read_custom_args(root_, "custom_args", args);
        read_categories();
        if (auto reply_to = root_.find("reply_to")) common_.reply_to_shown = read_address(*reply_to, "reply_to").shown;
        read_send_at(root_, "send_at");
        read_people(subject.value_or(""), args);
        read_mail_settings();
        return std::move(request_);
    }

    std::vector<Refusal> refusals;

private:
    void refuse(std::string message, std::string field) { refusals.push_back({std::move(message), std::move(field)}); }

    void refuse_unknown(JsonView object, const Names& known, const std::string& path) {
        object.each_member([&](std::string_view name, JsonView) {
            if (!known.contains(name)) refuse("Bad Request: unknown field " + std::string(name), path + std::string(name));
        });
    }

    std::optional<std::string> text_at(JsonView object, std::string_view name, const std::string& path) {
        auto value = object.find(name);
        if (!value) return std::nullopt;
        if (value->kind() != Kind::string) {
            refuse("The " + path + " parameter must be a string.", path);
            return std::nullopt;
        }
        return std::string(value->string());
    }

    Address read_address(JsonView value, const std::string& path) {
        auto email = value.kind() == Kind::object ? value.find("email") : std::nullopt;
        Email parsed;
        if (!email || email->kind() != Kind::string || Field<Email>::parse(email->string(), parsed)) {
            refuse("Does not contain a valid address.", path + ".email");
            return {};
        }
        std::string address(email->string());
        auto name = text_at(value, "name", path + ".name");
        return {address, name && !name->empty() ? *name + " <" + address + ">" : address};
    }

    std::string read_from() {
        auto from = root_.find("from");
        if (from) return read_address(*from, "from").shown;
        refuse(
            "The from object must be provided for every email send. It is an object that requires the email parameter, but may "
            "also "
            "contain a name parameter.  e.g. {\"email\" : \"example@example.com\"}  or {\"email\" : \"example@example.com\", "
            "\"name\" : "
            "\"Example Recipient\"}.",
            "from.email"
        );
        return {};
    }

    void read_content() {
        has_template_ = root_.find("template_id").has_value();
        auto content = root_.find("content");
        if (!content || content->kind() != Kind::array || content->size() == 0) {
            if (has_template_) return;
            return refuse(
                "Unless a valid template_id is provided, the content parameter is required. There must be at least one defined "
                "content block. We typically suggest both text/plain and text/html blocks are included, but only one block is "
                "required.",
                "content"
            );
        }
        std::vector<std::string> types;
        for (std::size_t i = 0; i < content->size(); ++i) {
            auto path = "content." + std::to_string(i);
            auto block = content->at(i);
            if (block.kind() != Kind::object) {
                refuse("The content block must be an object.", path);
                continue;
            }
            auto type = text_at(block, "type", path + ".type").value_or("");
            auto value = text_at(block, "value", path + ".value").value_or("");
            if (type.empty()) refuse("The content type must be a string at least one character in length.", path + ".type");
            if (value.empty()) refuse("The content value must be a string at least one character in length.", path + ".value");
            if (std::ranges::find(types, type) != types.end())
                refuse("If present, text/plain and text/html may only be provided once.", "content");
            if (type == "text/plain" && !types.empty()) {
                refuse(
                    "If present, text/plain must be the first content type, followed by text/html, followed by any other "
                    "content.",
                    "content"
                );
            }
            types.push_back(type);
            if (type == "text/plain") common_.text = value;
            if (type == "text/html") common_.html = value;
        }
    }

    void read_headers(JsonView object, const std::string& path, std::vector<std::pair<std::string, std::string>>& out) {
        auto headers = object.find("headers");
        if (!headers) return;
        if (headers->kind() != Kind::object) return refuse("The headers parameter must be an object.", path);
        headers->each_member([&](std::string_view name, JsonView value) {
            auto field = path + "." + std::string(name);
            if (reserved_headers.contains(to_lower_ascii(name)))
                return refuse("The headers parameter contains a reserved header.", field);
            if (value.kind() != Kind::string) return refuse("The header's value must be a string.", field);
            if (value.string().find_first_of("\r\n") != std::string_view::npos)
                return refuse("The header's value has a line break.", field);
            std::erase_if(out, [&](const auto& header) { return to_lower_ascii(header.first) == to_lower_ascii(name); });
            out.emplace_back(name, value.string());
        });
    }

    void read_custom_args(JsonView object, const std::string& path, std::map<std::string, std::string>& out) {
        auto args = object.find("custom_args");
        if (!args) return;
        if (args->kind() != Kind::object) return refuse("The custom_args parameter must be an object.", path);
        std::size_t bytes = 0;
        args->each_member([&](std::string_view name, JsonView value) {
            if (value.kind() != Kind::string) {
                return refuse("The custom_args values must be strings.", path + "." + std::string(name));
            }
            bytes += name.size() + value.string().size();
            out[std::string(name)] = value.string();
        });
        if (bytes >= 10'000) refuse("The custom_args parameter must be less than 10,000 bytes.", path);
    }

    void read_categories() {
        auto categories = root_.find("categories");
        if (!categories) return;
        if (categories->kind() != Kind::array || categories->size() > 10) {
            return refuse("There cannot be more than 10 categories per request.", "categories");
        }
        for (std::size_t i = 0; i < categories->size(); ++i) {
            auto item = categories->at(i);
            auto path = "categories." + std::to_string(i);
            if (item.kind() != Kind::string || item.string().size() > 255) {
                refuse("The category must be a string of at most 255 characters.", path);
            } else if (std::ranges::find(common_.categories, item.string()) != common_.categories.end()) {
                refuse("The categories must be unique.", path);
            } else {
                common_.categories.emplace_back(item.string());
            }
        }
    }

    void read_send_at(JsonView object, const std::string& path) {
        auto send_at = object.find("send_at");
        if (send_at && send_at->kind() != Kind::integer) refuse("The send_at parameter must be a unix timestamp.", path);
    }

    void read_people(const std::string& subject, const std::map<std::string, std::string>& args) {
        auto people = root_.find("personalizations");
        if (!people || people->kind() != Kind::array || people->size() == 0) {
            return refuse(
                "The personalizations field is required and must have at least one personalization.", "personalizations"
            );
        }
        if (people->size() > 1000) return refuse("There is a limit of 1000 personalizations per request.", "personalizations");
        for (std::size_t i = 0; i < people->size(); ++i) {
            read_personalization(people->at(i), "personalizations." + std::to_string(i), subject, args);
        }
        if (request_.mails.size() > 1000)
            refuse("The total number of recipients must be no more than 1000.", "personalizations");
    }

    void read_personalization(
        JsonView person, const std::string& path, const std::string& subject, std::map<std::string, std::string> args
    ) {
        if (person.kind() != Kind::object) return refuse("The personalization must be an object.", path);
        refuse_unknown(person, known_personal_fields, path + ".");
        Mail mail = common_;
        if (auto from = person.find("from")) mail.from_shown = read_address(*from, path + ".from").shown;
        mail.subject = text_at(person, "subject", path + ".subject").value_or(subject);
        if (mail.subject.empty() && !has_template_) {
            refuse(
                "The subject is required. You can get around this requirement if you use a template with a subject defined or "
                "if every "
                "personalization has a subject defined.",
                "subject"
            );
        }
        read_headers(person, path + ".headers", mail.headers);
        read_custom_args(person, path + ".custom_args", args);
        mail.custom_args = "{";
        for (const auto& [name, value] : args) {
            if (mail.custom_args.size() > 1) mail.custom_args += ',';
            mail.custom_args += json_quote(name) + ":" + json_quote(value);
        }
        mail.custom_args += '}';
        read_send_at(person, path + ".send_at");
        read_recipients(person, path, mail);
    }

    void read_recipients(JsonView person, const std::string& path, const Mail& mail) {
        std::set<std::string> seen;
        for (std::string_view kind : {"to", "cc", "bcc"}) {
            auto list = person.find(kind);
            auto list_path = path + "." + std::string(kind);
            if (list && list->kind() != Kind::array)
                refuse("The " + std::string(kind) + " parameter must be an array.", list_path);
            auto count = list && list->kind() == Kind::array ? list->size() : 0;
            if (count == 0 && kind == "to") {
                refuse(
                    "The to array is required for all personalization objects, and must have at least one email object with a "
                    "valid "
                    "email address.",
                    list_path
                );
            }
            for (std::size_t i = 0; i < count; ++i) {
                auto address = read_address(list->at(i), list_path + "." + std::to_string(i));
                if (address.email.empty()) continue;
                if (!seen.insert(to_lower_ascii(address.email)).second) {
                    refuse(
                        "Each email address in the personalization block should be unique between to, cc, and bcc. We found "
                        "the first "
                        "duplicate instance of [" +
                            address.email + "] in the " + list_path + " field.",
                        path
                    );
                    continue;
                }
                auto copy = mail;
                copy.to = address.email;
                copy.to_shown = address.shown;
                request_.mails.push_back(std::move(copy));
            }
        }
    }

    void read_mail_settings() {
        auto settings = root_.find("mail_settings");
        auto mode = settings && settings->kind() == Kind::object ? settings->find("sandbox_mode") : std::nullopt;
        auto enable = mode && mode->kind() == Kind::object ? mode->find("enable") : std::nullopt;
        request_.only_checked = enable && enable->kind() == Kind::boolean && enable->boolean();
    }

    JsonView root_;
    bool has_template_ = false;
    Mail common_;
    MailRequest request_;
};

} // namespace

std::expected<MailRequest, std::vector<Refusal>> read_mail_request(JsonView root) {
    if (root.kind() != Kind::object) return std::unexpected(std::vector<Refusal>{{"Bad Request", ""}});
    MailReader reader(root);
    auto request = reader.read();
    if (!reader.refusals.empty()) return std::unexpected(std::move(reader.refusals));
    return request;
}

} // namespace doorstep::sandbox::sendgrid
