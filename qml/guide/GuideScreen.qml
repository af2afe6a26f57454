// The user guide: the chapters, and the text of the one that is open.
// Qt 6.4's Loader refuses bound components, so what it loads reaches `root` unbound.
// qmllint disable unqualified
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property GuideModel guide
  readonly property bool wide: width >= 720
  readonly property int margin: width >= 560 ? 24 : 16
  property bool hasBack: true  // no rail beside the page leads home

  signal closed
  signal keysWanted

  color: Theme.bg
  Component.onCompleted: page.forceActiveFocus(Qt.OtherFocusReason)

  PageHead {
    id: head
    x: root.margin
    y: 12
    width: parent.width - 2 * x
    title: qsTr("User guide")
    wide: root.width >= 800
    hasBack: root.hasBack
    onClosed: root.closed()
    actions: PushButton {
      kind: PushButton.Quiet
      glyph: "info"
      text: qsTr("Keyboard")
      hint: qsTr("F1")
      onClicked: root.keysWanted()
    }
  }
  Flow {
    id: chapters
    x: root.wide ? root.margin - 8 : root.margin
    y: head.y + head.height + 8
    width: root.wide ? 192 : parent.width - 2 * x
    spacing: 4
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Chapters")

    Repeater {
      model: root.guide.chapters
      PushButton {
        id: chapterButton

        required property string modelData
        required property int index
        readonly property bool chosen: root.guide.chapter === index

        width: root.wide ? chapters.width : implicitWidth
        height: root.wide ? 40 : 36
        leading: root.wide
        kind: chosen ? PushButton.Plain : PushButton.Quiet
        text: index === 0 ? qsTr("Overview") : modelData
        checkable: true
        checked: chosen
        onClicked: {
          root.guide.open(index);
          checked = Qt.binding(() => chapterButton.chosen);
        }

        // The chosen one is told by its shape too.
        Rectangle {
          visible: chapterButton.chosen
          x: root.wide ? 0 : 14
          y: root.wide ? 10 : parent.height - 5
          width: root.wide ? 3 : parent.width - 28
          height: root.wide ? 20 : 2
          radius: 1
          color: Theme.accent
        }
      }
    }
  }
  ScrollPage {
    id: page
    x: root.wide ? chapters.x + chapters.width : 0
    y: root.wide ? chapters.y - 12 : chapters.y + chapters.height
    width: parent.width - x
    height: parent.height - y
    margin: root.margin
    activeFocusOnTab: true
    Accessible.role: Accessible.Grouping
    Accessible.name: root.guide.chapters[root.guide.chapter] ?? ""
    Keys.onPressed: event => {
      const step = event.key === Qt.Key_Down ? 48 : event.key === Qt.Key_Up ? -48 : event.key === Qt.Key_PageDown || event.key === Qt.Key_Space ? height - 48 : event.key === Qt.Key_PageUp ? 48 - height : event.key === Qt.Key_Home ? -contentHeight : event.key === Qt.Key_End ? contentHeight : 0;
      if (step === 0)
        return;
      contentY = Math.max(0, Math.min(contentHeight - height, contentY + step));
      event.accepted = true;
    }

    Words {
      visible: root.guide.foreign
      width: parent.width
      text: qsTr("The guide is in English.")
      color: Theme.text2
      wrapMode: Text.WordWrap
    }
    Words {
      width: parent.width
      // The page has the title of the whole already.
      text: root.guide.chapter === 0 ? qsTr("Overview") : root.guide.chapters[root.guide.chapter] ?? ""
      font.pixelSize: Theme.title
      font.weight: Font.DemiBold
      wrapMode: Text.WordWrap
      Accessible.role: Accessible.Heading
    }
    Repeater {
      id: blocks
      model: root.guide
      GuideBlock {
        width: parent ? Math.min(parent.width, 640) : 0
        guide: root.guide
      }
    }
  }
  Connections {
    target: root.guide
    function onChapterChanged() {
      page.contentY = 0;
    }
    function onHeadingWanted(row) {
      page.layOut();
      const heading = blocks.itemAt(row);
      if (heading)
        page.contentY = Math.max(0, Math.min(page.contentHeight - page.height, heading.y + page.above));
    }
  }
}
