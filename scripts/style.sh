#!/bin/sh
# Joins Leaflet's style sheet and ours, in the order in which they build on each other, into one file: a request saved on
# a slow line.
set -eu
cd "$(dirname "$0")/.."
mkdir -p .build
joined=.build/upheld.css.new
# Of Leaflet's rules only those for what this map has: no tiles, markers, pop-ups, layer switch, scale or credits. A rule
# that speaks of several things keeps the selectors of those that are here.
sed 's|/\*.*\*/||' node_modules/leaflet/dist/leaflet.css |
  awk 'BEGIN { RS = "}"; ORS = "" }
    /@media|url\(/ || !/\{/ { next }
    {
      split($0, part, "{")
      count = split(part[1], selectors, ",")
      kept = ""
      for (i = 1; i <= count; i++)
        if (selectors[i] !~ /popup|control-layers|marker|attribution|scale|div-icon|zoom-box|tile|image-layer|vml|shadow|tooltip-(left|right|bottom)|tooltip-pane-none/)
          kept = kept (kept == "" ? "" : ",") selectors[i]
      if (kept != "") print kept "{" part[2] "}"
    }' > "$joined"
for sheet in tokens base map panel table chart print; do
  cat "style/$sheet.css" >> "$joined"
done
mv "$joined" .build/upheld.css
# What only the second program writes comes with it, as one file too.
cat style/details.css style/sheet.css > "$joined"
mv "$joined" .build/details.css
