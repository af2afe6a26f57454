// Which way the call takes, and each step by which that was found: newest first, addresses masked
// until they are asked for. A step is read out as a whole.
pragma ComponentBehavior: Bound
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Column {
  id: root

  required property PathPresenter path
  // Of the columns, in the order of the head.
  readonly property bool hasReasons: path.rows.some(cells => cells[5].length > 0)
  readonly property list<real> shares: hasReasons ? [0.13, 0.22, 0.19, 0.26, 0.2] : [0.13, 0.25, 0.24, 0.38, 0]

  spacing: 8

  Words {
    text: qsTr("Path")
    font.weight: Font.DemiBold
    Accessible.role: Accessible.Heading
  }
  Row {
    width: parent.width
    spacing: 8
    Icon {
      y: 1
      name: root.path.glyph
      colour: Theme.accent
    }
    Words {
      width: parent.width - 24
      text: root.path.sentence
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
    }
  }
  Rectangle {
    width: parent.width
    height: rows.height + 20
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: Theme.line

    Column {
      id: rows
      x: 12
      y: 10
      width: parent.width - 24
      Row {
        visible: root.path.total > 0
        Repeater {
          model: root.path.head
          Words {
            required property string modelData
            required property int index
            width: rows.width * root.shares[index]
            leftPadding: index === 1 ? 20 : 0
            visible: width > 0
            text: modelData
            color: Theme.text2
            font.pixelSize: Theme.cap
            font.weight: Font.Medium
          }
        }
      }
      Words {
        visible: root.path.total === 0
        width: parent.width
        text: qsTr("No direct path has been looked for in this call.")
        color: Theme.text2
        font.pixelSize: Theme.small
        wrapMode: Text.WordWrap
      }
      Repeater {
        // A number and not the rows: they stay, their text changes.
        model: root.path.rows.length
        Item {
          id: row

          required property int index
          readonly property list<string> cells: root.path.rows[row.index]

          width: rows.width
          height: Math.max(24, texts.height + 8)
          Accessible.role: Accessible.StaticText
          Accessible.name: root.path.spokenRow(row.cells)
          Row {
            id: texts
            y: 4
            Repeater {
              model: root.shares.length
              Words {
                required property int index
                width: rows.width * root.shares[index]
                leftPadding: index === 1 ? 20 : 0
                rightPadding: 6
                visible: width > 0
                text: row.cells[index + 1]
                font.pixelSize: Theme.cap
                wrapMode: Text.Wrap
                lineHeight: 1.1
                Accessible.ignored: true
              }
            }
          }
          Icon {
            x: rows.width * root.shares[0]
            y: 4
            size: 14
            name: row.cells[0]
            colour: row.cells[0] === "check" ? Theme.ok : row.cells[0] === "warning" ? Theme.caution : Theme.text2
          }
        }
      }
    }
  }
  PushButton {
    visible: root.path.total > root.path.rows.length || root.path.whole
    glyph: "history"
    text: root.path.whole ? qsTr("Show the newest steps") : qsTr("Show all %1 steps").arg(root.path.total)
    onClicked: root.path.whole = !root.path.whole
  }
  SettingRow {
    visible: root.path.total > 0
    width: parent.width
    title: qsTr("Show addresses")
    advice: qsTr("Only on this screen. Reports have them masked: the same number is the same address.")
    isOn: root.path.addressesShown
    onWanted: isOn => root.path.addressesShown = isOn
  }
}
