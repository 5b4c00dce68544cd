#include "elf/image/room.h"

#include "base/bytes.h"

#include <algorithm>
#include <bit>

namespace linkname::elf {
namespace {

/// What it costs that tables stand in another order than their section headers: more than any number of bytes.
constexpr std::uint64_t out_of_order = UINT64_C(1) << 48U;

/// One attempt: some pieces leave, and the others close ranks.
class Attempt {
public:
  /// `free` is in the order of addresses.
  Attempt(const std::vector<Piece> &pieces, std::vector<Span> free, std::uint32_t leaving)
      : pieces_(pieces), free_(std::move(free)), left_(free_), leaving_(leaving), addresses_(pieces.size()) {}

  /// Puts those that stay into their own span, in their order.
  bool pack() {
    std::uint32_t number = 0; // among those that may leave
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      const bool leaves = pieces_[i].may_leave && (leaving_ >> number++ & 1U) != 0;
      if (leaves) {
        away_.push_back(i);
        continue;
      }
      // The first span may begin later now, behind one more program header.
      const auto own = std::ranges::find_if(free_, [&](const Span &span) { return pieces_[i].address < span.end; });
      if (own == free_.end() || !place(i, left_[static_cast<std::size_t>(own - free_.begin())]))
        return false;
    }
    return true;
  }

  /// Puts those that leave wherever something is left.
  bool place_elsewhere() {
    return std::ranges::all_of(away_, [&](std::size_t piece) {
      return std::ranges::any_of(left_, [&](Span &span) { return place(piece, span); });
    });
  }

  /// ... or all of them behind `start`. Gives back where they end.
  std::uint64_t place_behind(std::uint64_t start) {
    Span all{.start = start, .end = UINT64_MAX};
    for (const std::size_t piece : away_)
      place(piece, all);
    return all.start;
  }

  /// What leaves its place, in bytes.
  [[nodiscard]] std::uint64_t cost() const {
    std::uint64_t size = is_in_order_at_start() ? 0 : out_of_order;
    for (const std::size_t piece : away_)
      size += pieces_[piece].size;
    return size;
  }

  [[nodiscard]] const std::vector<std::uint64_t> &addresses() const { return addresses_; }

  /// Where in `tail` ends what reaches into it; its start where nothing does. All pieces have their places.
  [[nodiscard]] std::uint64_t used_of(Span tail) const {
    std::uint64_t end = tail.start;
    for (std::size_t i = 0; i < pieces_.size(); ++i)
      if (addresses_[i] < tail.end)
        end = std::max(end, addresses_[i] + pieces_[i].size);
    return end;
  }

private:
  /// When patchelf needs room for program headers, it moves sections away as long as they follow each other, in the
  /// order of their headers, right behind these. One further on would be overwritten.
  [[nodiscard]] bool is_in_order_at_start() const {
    constexpr std::uint64_t few_headers = 256;
    std::uint64_t furthest = 0;
    for (const std::uint64_t address : addresses_) {
      if (address < furthest && address - free_.front().start < few_headers)
        return false;
      furthest = std::max(furthest, address);
    }
    return true;
  }

  bool place(std::size_t piece, Span &span) {
    const std::optional<std::uint64_t> start = align_up(span.start, pieces_[piece].alignment);
    if (!start || *start > span.end || pieces_[piece].size > span.end - *start)
      return false;
    addresses_[piece] = *start;
    span.start = *start + pieces_[piece].size;
    return true;
  }

  const std::vector<Piece> &pieces_;
  std::vector<Span> free_;
  std::vector<Span> left_;
  std::uint32_t leaving_;
  std::vector<std::size_t> away_;
  std::vector<std::uint64_t> addresses_;
};

/// Takes `span` away from the free spans, in one of which it lies at the start; nothing where it does not.
std::optional<std::vector<Span>> without(std::vector<Span> free, Span span) {
  for (Span &one : free)
    if (one.start == span.start && one.end >= span.end) {
      one.start = span.end;
      return free;
    }
  return std::nullopt;
}

class Search {
public:
  Search(const std::vector<Piece> &pieces, const Space &space) : pieces_(pieces), space_(space) {
    const auto may_leave = static_cast<unsigned>(std::ranges::count_if(pieces, &Piece::may_leave));
    ways_ = 1U << std::min(may_leave, 12U);
  }

  std::optional<Room> run() {
    try_sources(out_of_order);
    try_sources(UINT64_MAX);
    return std::move(best_);
  }

private:
  void try_sources(std::uint64_t limit) {
    limit_ = limit;
    try_within(Source::in_place, space_.tail);
    const bool large_pages = space_.page > 0x4000; // of which one costs more than a segment does
    if (large_pages)
      try_new_segment();
    if (space_.tail_if_grown > space_.tail.end)
      try_within(Source::grown_tail, {.start = space_.tail.start, .end = space_.tail_if_grown});
    if (!large_pages)
      try_new_segment();
  }

  /// The way in which the fewest bytes leave their place; later sources only count where no earlier one will do.
  template <class Place> void try_all(const std::vector<Span> &free, Place place) {
    if (best_)
      return;
    std::uint64_t least = limit_;
    for (std::uint32_t leaving = 0; leaving < ways_; ++leaving) {
      Attempt attempt(pieces_, free, leaving);
      if (!attempt.pack())
        continue;
      std::optional<Room> room = place(attempt);
      if (!room || attempt.cost() >= least)
        continue;
      least = attempt.cost();
      room->addresses = attempt.addresses();
      best_ = std::move(room);
    }
  }

  void try_within(Source source, Span tail) {
    try_all(with_tail(space_.free, tail), [&](Attempt &attempt) -> std::optional<Room> {
      if (!attempt.place_elsewhere())
        return std::nullopt;
      Room room;
      room.segment_end = attempt.used_of(tail);
      room.source = source == Source::in_place && room.segment_end > tail.start ? Source::tail : source;
      return room;
    });
  }

  void try_new_segment() {
    if (!space_.next_header)
      return;
    const std::optional<std::vector<Span>> free = without(space_.free, *space_.next_header);
    if (!free)
      return;
    try_all(with_tail(*free, space_.tail), [&](Attempt &attempt) -> std::optional<Room> {
      Room room;
      room.source = Source::new_segment;
      room.new_segment_size = attempt.place_behind(space_.new_segment) - space_.new_segment;
      room.segment_end = attempt.used_of(space_.tail);
      if (room.new_segment_size == 0)
        return std::nullopt;
      return room;
    });
  }

  const std::vector<Piece> &pieces_;
  const Space &space_;
  std::uint32_t ways_ = 1;
  std::uint64_t limit_ = 0; ///< it has to cost less
  std::optional<Room> best_;
};

} // namespace

std::vector<Span> with_tail(std::vector<Span> free, Span tail) {
  if (tail.size() == 0)
    return free;
  const auto before = std::ranges::find(free, tail.start, &Span::end);
  if (before != free.end())
    before->end = tail.end;
  else
    free.insert(std::ranges::upper_bound(free, tail.start, {}, &Span::start), tail);
  return free;
}

std::optional<Room> find_room(const std::vector<Piece> &pieces, const Space &space) {
  return Search(pieces, space).run();
}

} // namespace linkname::elf
