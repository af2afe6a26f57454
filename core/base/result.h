// The one result type of Foyer: a value or an error value. Exceptions do not cross rooms.
#pragma once

#include <tl/expected.hpp>
#include <utility>

namespace foyer {

template <class T, class E>
using Result = tl::expected<T, E>;

// `return Failure(DecodeError::NotJson);` A class and not an alias, because clang 14, which builds
// the fuzzers, cannot deduce the arguments of an alias.
template <class E>
class [[nodiscard]] Failure : public tl::unexpected<E> {
 public:
  explicit Failure(E error) : tl::unexpected<E>(std::move(error)) {}
};

template <class E>
Failure(E) -> Failure<E>;

}  // namespace foyer
