// A block of the guide: a heading, a paragraph, a point, a step, lines for a terminal, a row of a table.
// Qt 6.4's Loader refuses bound components, so what it loads reaches `root` unbound.
// qmllint disable unqualified
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Item {
  id: root

  required property GuideModel guide
  required property int kind
  required property string text
  required property int number
  required property list<string> cells
  readonly property bool isRow: kind === GuideModel.TableRow || kind === GuideModel.TableHead
  readonly property bool isPoint: kind === GuideModel.Bullet || kind === GuideModel.Step
  // About 70 letters: longer lines are hard to follow.
  readonly property real measure: Math.min(width, 520)

  implicitHeight: body.y + (body.item ? (body.item as Item).implicitHeight : 0)

  Loader {
    id: body
    y: root.kind === GuideModel.Heading ? (root.number === 2 ? 28 : 20) : root.isRow ? 0 : root.isPoint ? 6 : 10
    width: root.width
    sourceComponent: root.kind === GuideModel.Heading ? heading : root.kind === GuideModel.Code ? code : root.isRow ? row : root.isPoint ? point : paragraph
  }
  Component {
    id: heading
    Item {
      implicitHeight: words.height
      Words {
        id: words
        width: root.measure
        text: root.guide.wordsOf(root.text)
        font.pixelSize: root.number === 2 ? Theme.title : Theme.lead
        font.weight: Font.DemiBold
        wrapMode: Text.WordWrap
        Accessible.role: Accessible.Heading
      }
    }
  }
  Component {
    id: paragraph
    Item {
      implicitHeight: words.height
      GuideText {
        id: words
        width: root.measure
        guide: root.guide
        html: root.text
      }
    }
  }
  Component {
    id: point
    Item {
      implicitHeight: words.height
      Words {
        x: 4
        text: root.kind === GuideModel.Step ? root.number + "." : "•"
        color: Theme.text2
        lineHeight: 1.25
      }
      GuideText {
        id: words
        x: 24
        width: root.measure - x
        guide: root.guide
        html: root.text
      }
    }
  }
  Component {
    id: code
    Rectangle {
      implicitHeight: lines.height + 24
      radius: Theme.radius
      color: Theme.sunken
      Words {
        id: lines
        x: 12
        y: 12
        width: parent.width - 24
        text: root.text
        font.family: "monospace"
        font.pixelSize: Theme.small
        wrapMode: Text.WrapAnywhere
      }
    }
  }
  Component {
    id: row
    Item {
      id: line

      readonly property int above: root.kind === GuideModel.TableHead ? 16 : 7
      readonly property real first: Math.floor(root.width * (root.cells.length === 2 ? 0.36 : 1 / root.cells.length))

      implicitHeight: texts.implicitHeight + above + 9
      Row {
        id: texts
        y: line.above
        spacing: 16
        Repeater {
          model: root.cells
          GuideText {
            required property string modelData
            required property int index

            width: (index === 0 ? line.first : (root.width - line.first) / (root.cells.length - 1)) - (index < root.cells.length - 1 ? 16 : 0)
            guide: root.guide
            html: modelData
            font.pixelSize: root.kind === GuideModel.TableHead ? Theme.small : Theme.body
            color: root.kind === GuideModel.TableHead ? Theme.text2 : Theme.text
            weight: root.kind === GuideModel.TableHead ? Font.Medium : Font.Normal
          }
        }
      }
      Rectangle {
        y: parent.implicitHeight - 1
        width: root.width
        height: 1
        color: Theme.line
      }
    }
  }
}
