// Everything that can be set, on one page: a group at a time, or what a search finds in all of them.
// Qt 6.4's Loader refuses bound components, so what it loads reaches `root` unbound.
// qmllint disable unqualified
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property AppPresenter app
  readonly property SettingsModel settings: app.settings
  readonly property bool wide: width >= 800
  readonly property int margin: width >= 560 ? 24 : 16
  property bool hasBack: true  // no rail beside the page leads home

  signal closed

  function find(): void {
    searchBox.forceActiveFocus(Qt.ShortcutFocusReason);
    searchBox.selectAll();
  }

  color: Theme.bg
  Component.onDestruction: root.app.sound.loopback = false

  PageHead {
    id: head
    x: root.margin
    y: 12
    width: parent.width - 2 * x
    title: qsTr("Settings")
    wide: root.wide
    hasBack: root.hasBack
    onClosed: root.closed()

    TextBox {
      id: searchBox
      width: root.width >= 560 ? 264 : head.width
      label: qsTr("Find a setting")
      placeholderText: qsTr("Find a setting")
      glyph: "search"
      hint: qsTr("Ctrl+F")
      maximumLength: 80
      text: root.settings.search
      onTextEdited: root.settings.search = text
    }
  }
  Flow {
    id: groups
    x: root.wide ? root.margin - 8 : root.margin
    y: head.y + head.height + 8
    width: root.wide ? 160 : parent.width - 2 * x
    spacing: 4
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Groups of settings")

    Repeater {
      model: root.settings.groupNames
      PushButton {
        id: groupButton

        required property string modelData
        required property int index
        readonly property bool chosen: root.settings.search.length === 0 && root.settings.group === index

        width: root.wide ? groups.width : implicitWidth
        height: 40
        leading: root.wide
        kind: chosen ? PushButton.Plain : PushButton.Quiet
        glyph: root.settings.groupGlyphs[index]
        text: modelData
        checkable: true
        checked: chosen
        onClicked: {
          root.settings.group = index;
          checked = Qt.binding(() => groupButton.chosen);
        }

        // The chosen one is told by its shape too.
        Rectangle {
          visible: groupButton.chosen
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
    x: root.wide ? groups.x + groups.width : 0
    y: root.wide ? head.y + head.height : groups.y + groups.height
    above: root.wide ? 8 : 12
    width: parent.width - x
    height: parent.height - y
    margin: root.margin

    Repeater {
      model: root.settings
      SettingLine {
        width: parent ? parent.width : 0
        app: root.app
        settings: root.settings
      }
    }
    Item {
      width: parent.width
      height: Math.max(120, page.height - 80)
      visible: root.settings.count === 0
      EmptyState {
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width
        glyph: "search"
        text: qsTr("No setting matches “%1”.").arg(root.settings.search)
      }
    }
  }
  Connections {
    target: root.settings
    function onGroupChanged() {
      page.contentY = 0;
    }
    function onSearchChanged() {
      page.contentY = 0;
    }
  }
}
