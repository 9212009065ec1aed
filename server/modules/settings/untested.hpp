#pragma once
#include "modules/messages/messages.hpp"
