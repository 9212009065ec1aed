// A request's body as JSON into a described struct: any bytes give a value or a list of what is wrong, never anything else, and a
// value that was written reads again as the same.
#include <cstdint>
#include <cstdlib>

#include "core/described.hpp"
#include "core/email.hpp"
#include "core/phone.hpp"
#include "core/text.hpp"

namespace {

using namespace doorstep;

enum class Stage { lead, active, closed };
BOOST_DESCRIBE_ENUM(Stage, lead, active, closed)

struct Part {
    Line<1, 20> name;
    std::optional<double> weight;
    bool wanted = false;
};
BOOST_DESCRIBE_STRUCT(Part, (), (name, weight, wanted))

struct Body {
    Text<1, 100> text;
    std::optional<Email> email;
    std::optional<Phone> phone;
    std::optional<Stage> stage;
    std::optional<Time> at;
    std::optional<Uuid> id;
    Int<0, 100> percent;
    std::vector<Part> parts;
    std::map<std::string, std::string> labels;
    JsonObject custom;
};
BOOST_DESCRIBE_STRUCT(Body, (), (text, email, phone, stage, at, id, percent, parts, labels, custom))

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view bytes(reinterpret_cast<const char*>(data), size);
    for (auto unknown : {Reader::Unknown::refuse, Reader::Unknown::ignore}) {
        try {
            auto value = from_json<Body>(bytes, unknown);
            auto text = to_json(value);
            auto again = to_json(from_json<Body>(text, Reader::Unknown::refuse));
            if (text != again) std::abort();
        } catch (const Error& error) {
            if (error.status != 400 && error.status != 422) std::abort();
            if (error.status == 422 && error.fields.empty()) std::abort();
        }
    }
    return 0;
}
