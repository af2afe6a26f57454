// The one result type of Foyer: a value or an error value. Exceptions do not cross rooms.
#pragma once

#include <tl/expected.hpp>

namespace foyer {

template <class T, class E>
using Result = tl::expected<T, E>;

template <class E>
using Failure = tl::unexpected<E>;

}  // namespace foyer
