import Tensors

/// How a convolution reads its picture.
struct Reading: Sendable {
  var stride = 1
  var padding = Padding.none
  /// The zeros that this padding means, for the naive loops: before and after, of height and width.
  var zeros = [0, 0, 0, 0]
  var dilation = 1
  var taps: [Bool]? = nil
}

extension Case {
  /// Convolutions of pictures and sequences, and their transposes.
  static func convolutions(_ lengths: Lengths) -> [Case] {
    let (n, m, k) = (lengths.n, lengths.m, lengths.k)
    let window = [3, 2]
    let readings = [
      Reading(),
      Reading(stride: 2),
      Reading(padding: 1, zeros: [1, 1, 1, 1]),
      Reading(stride: 2, padding: .all(2), zeros: [2, 2, 2, 2]),
      Reading(padding: .same, zeros: [1, 1, 0, 1]),
      Reading(padding: .causal, zeros: [2, 0, 1, 0]),
      Reading(padding: .same, zeros: [2, 2, 1, 1], dilation: 2),
      Reading(padding: .causal, zeros: [4, 0, 2, 0], dilation: 2),
      Reading(
        stride: 3, padding: .sides(top: 0, bottom: 2, left: 3, right: 1), zeros: [0, 2, 3, 1]),
      Reading(taps: [true, false, true, true, false, false]),
      Reading(
        stride: 2, padding: .same, zeros: [1, 1, 0, 1],
        taps: [false, false, false, true, true, false]),
    ]
    let pictures = readings.enumerated().flatMap { index, reading in
      // Every activation meets several readings; with a bias no result is 0, where some have a kink.
      let activation = NaiveActivation.all[index % 5]
      return [
        convolution(
          [k, 5, m + 2, n], window + [n, m], reading, activation: activation,
          isBiased: index % 2 == 0 || activation.hasKink),
        transposedConvolution(
          [k, 3, m, n], window + [m, n], reading, activation: activation,
          isBiased: index % 2 == 1 || activation.hasKink),
      ].compactMap { $0 }
    }
    let alone = [
      convolution([n, 4, 3, 1], [1, 1, 1, 1], Reading(), activation: .all[0], isBiased: false),
      convolution([1, 3, 2, m], [3, 2, m, n], Reading(), activation: .all[1], isBiased: true),
    ]
    return (pictures + alone).compactMap { $0 } + sequences(lengths)
  }

  private static func convolution(
    _ picture: [Int], _ weights: [Int], _ reading: Reading, activation: NaiveActivation,
    isBiased: Bool
  ) -> Case? {
    let before: ([Grid]) -> Grid = {
      let result = convolved($0[0], $0[1], reading)
      return isBiased ? pairs(result, $0[2], +) : result
    }
    return Case(
      name: "\(picture) convolved with \(weights), \(reading), \(activation.activation)",
      operands: [Operand(picture), Operand(weights)] + (isBiased ? [Operand([weights[3]])] : []),
      kinks: { activation.kinks(before($0)) },
      function: {
        $0[0].convolved(
          with: $0[1], bias: isBiased ? $0[2] : nil, stride: reading.stride,
          padding: reading.padding, dilation: reading.dilation, taps: reading.taps,
          activation: activation.activation)
      },
      reference: { before($0).map(activation.function) })
  }

  /// nil where the reading has taps, which transposed convolutions do not know.
  private static func transposedConvolution(
    _ picture: [Int], _ weights: [Int], _ reading: Reading, activation: NaiveActivation,
    isBiased: Bool
  ) -> Case? {
    if reading.taps != nil { return nil }
    let before: ([Grid]) -> Grid = {
      let result = convolvedTransposed($0[0], $0[1], reading)
      return isBiased ? pairs(result, $0[2], +) : result
    }
    let spread = (0..<2).map { side in
      (picture[side + 1] - 1) * reading.stride + reading.dilation * (weights[side] - 1) + 1
        - reading.zeros[2 * side] - reading.zeros[2 * side + 1]
    }
    if spread.min()! < 1 { return nil }
    return Case(
      name:
        "\(picture) convolved transposed with \(weights), \(reading), \(activation.activation)",
      operands: [Operand(picture), Operand(weights)] + (isBiased ? [Operand([weights[2]])] : []),
      kinks: { activation.kinks(before($0)) },
      function: {
        $0[0].convolvedTransposed(
          with: $0[1], bias: isBiased ? $0[2] : nil, stride: reading.stride,
          padding: reading.padding, dilation: reading.dilation, activation: activation.activation)
      },
      reference: { before($0).map(activation.function) })
  }

  private static func sequences(_ lengths: Lengths) -> [Case] {
    let (n, m, k) = (lengths.n, lengths.m, lengths.k)
    let readings = [
      Reading(), Reading(stride: 2, padding: 1, zeros: [0, 0, 1, 1]),
      Reading(padding: .same, zeros: [0, 0, 1, 1]),
      Reading(padding: .causal, zeros: [0, 0, 4, 0], dilation: 2),
      Reading(taps: [true, false, true]),
    ]
    return readings.flatMap { reading in
      let plain = Case(
        name: "sequences convolved, \(reading)",
        operands: [Operand([k, 5, n]), Operand([3, n, m])],
        function: {
          $0[0].convolved(
            with: $0[1], stride: reading.stride, padding: reading.padding,
            dilation: reading.dilation, taps: reading.taps)
        },
        reference: {
          alongRows(convolved($0[0].shaped([k, 1, 5, n]), $0[1].shaped([1, 3, n, m]), reading))
        })
      let transposed = Case(
        name: "sequences convolved transposed, \(reading)",
        operands: [Operand([k, 5, n]), Operand([3, m, n]), Operand([m])],
        function: {
          $0[0].convolvedTransposed(
            with: $0[1], bias: $0[2], stride: reading.stride, padding: reading.padding,
            dilation: reading.dilation)
        },
        reference: {
          let result = convolvedTransposed(
            $0[0].shaped([k, 1, 5, n]), $0[1].shaped([1, 3, m, n]), reading)
          return alongRows(pairs(result, $0[2], +))
        })
      return reading.taps == nil ? [plain, transposed] : [plain]
    }
  }
}

private func alongRows(_ grid: Grid) -> Grid { grid.without(1) }

/// y[b, i, j, f] = Σ x[b, i·stride + di·dilation − zeros, …, c]·w[di, dj, c, f].
private func convolved(_ x: Grid, _ w: Grid, _ reading: Reading) -> Grid {
  // A sequence is one row high: strides and dilations go along it alone.
  let high = x.shape[1] == 1 && w.shape[0] == 1
  let (stride, dilation) = (reading.stride, reading.dilation)
  func length(_ side: Int) -> Int {
    let room =
      x.shape[side + 1] + reading.zeros[2 * side] + reading.zeros[2 * side + 1] - dilation
      * (w.shape[side] - 1) - 1
    return room / stride + 1
  }
  let target = [x.shape[0], high ? 1 : length(0), length(1), w.shape[3]]
  return Grid(target) { place in
    var sum = 0.0
    for di in 0..<w.shape[0] {
      for dj in 0..<w.shape[1] where reading.taps?[di * w.shape[1] + dj] ?? true {
        let row = place[1] * stride + di * dilation - reading.zeros[0]
        let column = place[2] * stride + dj * dilation - reading.zeros[2]
        guard (0..<x.shape[1]).contains(row), (0..<x.shape[2]).contains(column) else { continue }
        for c in 0..<x.shape[3] { sum += x[place[0], row, column, c] * w[di, dj, c, place[3]] }
      }
    }
    return sum
  }
}

/// Every number of the picture spread over the places that a convolution would read to make it:
/// y[b, i·stride + di·dilation − zeros, …, f] += x[b, i, j, c]·w[di, dj, f, c].
private func convolvedTransposed(_ x: Grid, _ w: Grid, _ reading: Reading) -> Grid {
  func length(_ side: Int) -> Int {
    (x.shape[side + 1] - 1) * reading.stride + reading.dilation * (w.shape[side] - 1) + 1
      - reading.zeros[2 * side] - reading.zeros[2 * side + 1]
  }
  let target = [x.shape[0], length(0), length(1), w.shape[2]]
  var sums: [[Int]: Double] = [:]
  for b in 0..<x.shape[0] {
    for i in 0..<x.shape[1] {
      for j in 0..<x.shape[2] {
        for di in 0..<w.shape[0] {
          for dj in 0..<w.shape[1] {
            let row = i * reading.stride + di * reading.dilation - reading.zeros[0]
            let column = j * reading.stride + dj * reading.dilation - reading.zeros[2]
            for f in 0..<w.shape[2] {
              for c in 0..<x.shape[3] {
                sums[[b, row, column, f], default: 0] += x[b, i, j, c] * w[di, dj, f, c]
              }
            }
          }
        }
      }
    }
  }
  return Grid(target) { sums[$0] ?? 0 }
}
