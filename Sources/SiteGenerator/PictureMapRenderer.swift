import Outputs

// A sheet of pictures over a plane of two numbers. The sheet and its axes read without the script; with it,
// a panel beside them shows the picture of one node large, which sliders or a pointer choose.
extension Weaver {
  mutating func pictureMap(_ map: Figure.PictureMap, at place: FigurePlace) -> HTML {
    let (columns, rows) = (map.across.values.count, map.up.values.count)
    let (width, height) = (map.sheet.width / columns, map.sheet.height / rows)
    // Beside the sheet and its numbers where a page leaves room for it, else beneath them.
    let room = 568 - map.sheet.width * map.sheet.scale
    let scale = max(1, (room < 140 ? 196 : min(196, room)) / max(width, height))
    return """
      <div class="map" style="--columns:\(columns);--rows:\(rows);--wide:\(map.sheet.width * map.sheet.scale)px">
      <div class="plane">
      \(ends(of: map.up, class: "up"))<div class="sheet">\(picture(map.sheet, at: place))</div>
      \(ends(of: map.across, class: "across"))</div>
      <div class="panel js-only" style="--large:\(width * scale)px">
      <canvas class="pixels" role="img" width="\(width)" height="\(height)"></canvas>
      <div class="choice">
      \(slider(map.across))\(slider(map.up))<div></div>
      </div>
      </div>
      </div>

      """
  }

  private func ends(of axis: Figure.PictureMap.Axis, class name: HTML) -> HTML {
    """
    <div class="\(name)"><span>\(axis.values.first ?? "")</span> <b>\(axis.name)</b> \
    <span>\(axis.values.last ?? "")</span></div>

    """
  }

  private func slider(_ axis: Figure.PictureMap.Axis) -> HTML {
    let last = axis.values.count - 1
    return """
      <label><b>\(axis.name)</b> <input type="range" min="0" max="\(last)" value="\(axis.start)" \
      data-values="\(axis.values.joined(separator: " "))" autocomplete="off"></label>

      """
  }
}
