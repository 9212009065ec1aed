#include <ostream>

#include <boost/beast/src.hpp>
