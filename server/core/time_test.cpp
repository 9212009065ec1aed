#include "core/time.hpp"

#include <doctest/doctest.h>

using namespace doorstep;
using namespace std::chrono_literals;

namespace {

Time at(std::string_view text) {
    return parse_rfc3339(text).value();
}

} // namespace

TEST_CASE("RFC 3339 both ways") {
    CHECK(format_rfc3339(at("2026-03-01T09:00:00+02:00")) == "2026-03-01T07:00:00Z");
    CHECK(format_rfc3339(at("2026-03-01T09:00:00.25Z")) == "2026-03-01T09:00:00.250000Z");
    CHECK(format_rfc3339(at("1969-12-31T23:59:59.999999Z")) == "1969-12-31T23:59:59.999999Z");
    CHECK(format_rfc3339(at("0001-01-01T00:00:00.000001Z")) == "0001-01-01T00:00:00.000001Z");
    CHECK(format_rfc3339(at("9999-12-31T23:59:59Z")) == "9999-12-31T23:59:59Z");
    for (auto bad :
         {"", "2026-03-01", "2026-03-01T09:00:00", "2026-02-30T09:00:00Z", "2026-03-01T24:00:00Z", "0000-01-01T00:00:00Z",
          "2026-03-01T09:00:00.Z", "2026-03-01T09:00:00+0200", "2026-03-01T09:00:00Zx"}) {
        CAPTURE(bad);
        CHECK(!parse_rfc3339(bad));
    }
}

TEST_CASE("local days hold across daylight saving time") {
    Zone new_york{"America/New_York"};
    CHECK(start_of_day(at("2026-03-08T12:00:00Z"), new_york) == at("2026-03-08T05:00:00Z"));
    CHECK(start_of_day(at("2026-03-09T12:00:00Z"), new_york) == at("2026-03-09T04:00:00Z"));
    CHECK(start_of_week(at("2026-03-08T12:00:00Z"), new_york) == at("2026-03-02T05:00:00Z"));
    // 02:30 does not exist on 8 March: the first instant after the gap.
    CHECK(plus_local_days(at("2026-03-07T07:30:00Z"), 1, new_york) == at("2026-03-08T07:00:00Z"));
    // 01:30 comes twice on 1 November: the earlier.
    CHECK(plus_local_days(at("2026-10-31T05:30:00Z"), 1, new_york) == at("2026-11-01T05:30:00Z"));
}

TEST_CASE("quiet hours end at their start in the person's zone") {
    Zone phoenix{"America/Phoenix"};
    CHECK(next_within(at("2026-07-01T15:00:00Z"), 8h, 21h, phoenix) == at("2026-07-01T15:00:00Z"));
    CHECK(next_within(at("2026-07-01T14:59:00Z"), 8h, 21h, phoenix) == at("2026-07-01T15:00:00Z"));
    CHECK(next_within(at("2026-07-02T04:00:00Z"), 8h, 21h, phoenix) == at("2026-07-02T15:00:00Z"));
    CHECK(next_within(at("2026-07-02T03:59:00Z"), 8h, 21h, phoenix) == at("2026-07-02T03:59:00Z"));
}

TEST_CASE("a zone that this machine does not know is refused") {
    Zone zone;
    CHECK(Field<Zone>::parse("Mars/Olympus", zone));
    CHECK(Field<Zone>::parse("../../etc/passwd", zone));
    CHECK(!Field<Zone>::parse("America/Denver", zone));
    CHECK(zone.value == "America/Denver");
}
