#include "providers/maxmind/maxmind.hpp"

#include <fmt/format.h>
#include <maxminddb.h>

#include <stdexcept>

namespace doorstep::providers {

namespace {

/// The file is mapped and never written, so that threads can share it.
class MaxMind : public identity::Places {
public:
    explicit MaxMind(const std::string& file) {
        auto status = MMDB_open(file.c_str(), MMDB_MODE_MMAP, &base_);
        if (status != MMDB_SUCCESS) throw std::runtime_error(fmt::format("{} can't be read: {}", file, MMDB_strerror(status)));
    }
    ~MaxMind() override { MMDB_close(&base_); }
    MaxMind(const MaxMind&) = delete;
    MaxMind& operator=(const MaxMind&) = delete;

    identity::Place find(const std::string& address) const override {
        constexpr std::string_view mapped = "::ffff:";
        auto plain = address.starts_with(mapped) && address.find('.') != address.npos ? address.substr(mapped.size()) : address;
        int no_address = 0;
        int status = MMDB_SUCCESS;
        auto found = MMDB_lookup_string(&base_, plain.c_str(), &no_address, &status);
        // Of an IPv6 address in a file of IPv4, or a damaged entry, nothing is known.
        if (no_address != 0 || status != MMDB_SUCCESS || !found.found_entry) return {};
        identity::Place place;
        MMDB_entry_data_s data{};
        if (read(found.entry, data, MMDB_DATA_TYPE_UTF8_STRING, "country", "iso_code"))
            place.country = std::string(data.utf8_string, data.data_size);
        MMDB_entry_data_s longitude{};
        if (read(found.entry, data, MMDB_DATA_TYPE_DOUBLE, "location", "latitude") &&
            read(found.entry, longitude, MMDB_DATA_TYPE_DOUBLE, "location", "longitude")) {
            place.latitude = data.double_value;
            place.longitude = longitude.double_value;
        }
        return place;
    }

private:
    static bool read(MMDB_entry_s entry, MMDB_entry_data_s& data, std::uint32_t type, const char* map, const char* member) {
        auto status = MMDB_get_value(&entry, &data, map, member, nullptr);
        return status == MMDB_SUCCESS && data.has_data && data.type == type;
    }

    MMDB_s base_{};
};

} // namespace

std::unique_ptr<identity::Places> open_maxmind(const std::string& file) {
    return std::make_unique<MaxMind>(file);
}

} // namespace doorstep::providers
