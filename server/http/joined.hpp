#pragma once

#include "db/database.hpp"
#include "http/context.hpp"

namespace doorstep::http {

/// While it lives, the transactions of a handler join the surrounding one.
class Joined {
public:
    Joined(Context& ctx, db::Session& session) : ctx_(ctx), before_(ctx.outer) { ctx_.outer = &session; }
    ~Joined() { ctx_.outer = before_; }
    Joined(const Joined&) = delete;
    Joined& operator=(const Joined&) = delete;

private:
    Context& ctx_;
    db::Session* before_;
};

} // namespace doorstep::http
