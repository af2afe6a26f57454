// One person: what to call them, a note, how calls with them go and ring, their key and the earlier
// ones, blocking and forgetting.
// Qt 6.4's Loader refuses bound components, so what it loads reaches `root` unbound.
// qmllint disable unqualified
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property ContactPresenter contact
  readonly property list<string> policies: [qsTr("Default"), qsTr("Direct"), qsTr("Relay only"), qsTr("Ask me")]
  readonly property bool wide: width >= 700
  property bool forgetting: false
  // `shown` is told of as a whole: a field is written only when its own text has changed.
  readonly property string storedName: contact.shown.ownName
  readonly property string storedNote: contact.shown.note

  signal closed
  signal called(string fingerprint)

  // What is typed counts when the field or the page is left.
  // False: something of it cannot be kept, and a sentence above the fields says why.
  function keep(): bool {
    const isNameKept = nameBox.text === root.storedName || root.contact.setOwnName(nameBox.text);
    const isNoteKept = noteBox.text === root.storedNote || root.contact.setNote(noteBox.text);
    return isNameKept && isNoteKept;
  }
  function leave() {
    if (root.keep())
      root.closed();
    else
      page.contentY = 0;
  }

  function ask() {
    root.forgetting = true;
    // The question at the end is brought into sight, all of it; once, not whatever changes meanwhile.
    page.layOut();
    page.contentY = Math.max(0, page.contentHeight - page.height);
  }

  color: Theme.bg
  onStoredNameChanged: nameBox.text = storedName
  onStoredNoteChanged: noteBox.text = storedNote
  Keys.onEscapePressed: root.leave()
  Component.onCompleted: {
    nameBox.text = storedName;
    noteBox.text = storedNote;
    nameBox.forceActiveFocus(Qt.TabFocusReason);
  }
  // After a person is forgotten the presenter takes nothing any more.
  Component.onDestruction: {
    if (!root.keep())
      root.contact.sayError();
  }

  ScrollPage {
    id: page
    anchors.fill: parent
    margin: Math.max(16, (root.width - 640) / 2)

    Item {
      width: parent.width
      height: 44
      PushButton {
        x: -14
        kind: PushButton.Quiet
        glyph: "back"
        text: qsTr("Back")
        onClicked: root.leave()
      }
      PushButton {
        x: parent.width - width
        visible: root.contact.shown.callable || (root.contact.shown.suspect && root.contact.shown.here)
        kind: root.contact.shown.suspect ? PushButton.DangerSoft : PushButton.Primary
        glyph: root.contact.shown.suspect ? "" : "call"
        text: root.contact.shown.suspect ? qsTr("Review") : qsTr("Call")
        Accessible.name: root.contact.shown.suspect ? qsTr("Review the key of %1").arg(root.contact.shown.name) : qsTr("Call %1").arg(root.contact.shown.name)
        onClicked: {
          if (root.keep())
            root.called(root.contact.shown.fingerprint);
        }
      }
    }
    Row {
      spacing: 20
      Doorway {
        width: 48
        height: 60
        initials: root.contact.shown.initials
        hue: root.contact.shown.hue
        lit: root.contact.shown.here
      }
      Column {
        width: page.width - 2 * page.margin - 68
        spacing: 4
        Row {
          width: parent.width
          spacing: 8
          Words {
            width: Math.min(implicitWidth, parent.width - (tagChip.visible ? tagChip.width + 8 : 0))
            text: root.contact.shown.name
            font.pixelSize: root.wide ? Theme.display : 22
            font.weight: Font.DemiBold
            font.letterSpacing: -0.4
            Accessible.role: Accessible.Heading
          }
          KeyTag {
            id: tagChip
            anchors.verticalCenter: parent.verticalCenter
            tag: root.contact.shown.tag
          }
        }
        Words {
          width: parent.width
          visible: text.length > 0
          text: root.contact.shown.signedSentence
          color: Theme.text2
        }
        Words {
          width: parent.width
          visible: text.length > 0
          text: root.contact.shown.datesSentence
          color: Theme.text2
          font.pixelSize: Theme.small
        }
      }
    }
    Item {
      width: 1
      height: 16
    }
    Loader {
      width: parent.width
      active: root.contact.shown.linkSentence.length > 0
      visible: active
      sourceComponent: Item {
        implicitHeight: linkStrip.implicitHeight + 16
        Strip {
          id: linkStrip
          width: parent.width
          glyph: "key"
          mark: Theme.text2
          title: qsTr("Opened from a link")
          advice: root.contact.shown.linkSentence
        }
      }
    }
    Verdict {
      width: parent.width
      text: root.contact.error
    }
    Words {
      text: nameBox.label
      font.pixelSize: Theme.small
      font.weight: Font.Medium
      bottomPadding: 6
      Accessible.ignored: true
    }
    TextBox {
      id: nameBox
      width: root.wide ? Math.min(400, parent.width) : parent.width
      label: qsTr("Your name for them")
      placeholderText: qsTr("The name they chose")
      maximumLength: 64
      onEditingFinished: root.keep()
    }
    Words {
      text: noteBox.label
      font.pixelSize: Theme.small
      font.weight: Font.Medium
      topPadding: 12
      bottomPadding: 6
      Accessible.ignored: true
    }
    TextPad {
      id: noteBox
      width: parent.width
      implicitHeight: Math.max(72, contentHeight + topPadding + bottomPadding)
      label: qsTr("Note, only for you")
      onEditingFinished: root.keep()
    }
    Item {
      width: 1
      height: 16
    }
    SettingRow {
      width: parent.width
      title: qsTr("Favourite")
      advice: qsTr("Listed first in the lobby, with a star.")
      isOn: root.contact.shown.favourite
      onWanted: isOn => root.contact.setFavourite(isOn)
    }
    Rectangle {
      width: parent.width
      height: 1
      color: Theme.line
    }
    Words {
      text: qsTr("How their calls ring")
      font.weight: Font.DemiBold
      topPadding: 9
      bottomPadding: 4
      Accessible.role: Accessible.Heading
    }
    Row {
      width: parent.width
      spacing: 8
      bottomPadding: 12
      ChoiceBox {
        width: root.wide ? Math.min(300, parent.width - ringButton.width - 8) : parent.width - ringButton.width - 8
        label: qsTr("How their calls ring")
        glyph: "incoming"
        textRole: ""
        model: root.contact.rings
        currentIndex: root.contact.shown.ring
        onActivated: index => root.contact.setRing(index)
      }
      PushButton {
        id: ringButton
        height: 40
        glyph: "play"
        text: qsTr("Play")
        Accessible.name: qsTr("Play how their calls ring")
        enabled: root.contact.shown.ring !== 1
        onClicked: root.contact.playRing()
      }
    }
    Rectangle {
      width: parent.width
      height: 1
      color: Theme.line
    }
    Words {
      text: qsTr("Connection")
      font.weight: Font.DemiBold
      topPadding: 9
      bottomPadding: 4
      Accessible.role: Accessible.Heading
    }
    Flow {
      width: parent.width
      spacing: 4
      Segments {
        label: qsTr("Connection")
        names: root.policies
        current: root.contact.shown.policy
        onChosen: index => root.contact.setPolicy(index)
      }
    }
    Words {
      width: parent.width
      text: root.contact.shown.policySentence
      color: Theme.text2
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
      topPadding: 4
      bottomPadding: 12
    }
    Rectangle {
      width: parent.width
      height: 1
      color: Theme.line
    }
    Row {
      spacing: 12
      topPadding: 9
      bottomPadding: 4
      Words {
        text: qsTr("Their key")
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
      }
      TrustWord {
        word: root.contact.shown.trustText
        verified: root.contact.shown.verified
        changed: root.contact.shown.suspect
        blocked: root.contact.shown.blocked
      }
    }
    Words {
      width: parent.width
      text: root.contact.shown.trustSentence
      color: Theme.text2
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
      bottomPadding: 8
    }
    KeyGroups {
      width: parent.width
      label: qsTr("Their key")
      groups: root.contact.shown.key
    }
    Column {
      width: parent.width
      visible: root.contact.shown.earlier.length > 0
      topPadding: 12
      spacing: 4
      Words {
        text: qsTr("Keys they had before")
        font.pixelSize: Theme.small
        font.weight: Font.Medium
        Accessible.role: Accessible.Heading
      }
      Repeater {
        model: root.contact.shown.earlier
        Words {
          required property string modelData
          width: page.width - 2 * page.margin
          text: modelData
          color: Theme.text2
          font.pixelSize: Theme.small
          wrapMode: Text.WordWrap
        }
      }
    }
    Item {
      width: 1
      height: 20
    }
    Flow {
      width: parent.width
      spacing: 8
      visible: !root.forgetting
      PushButton {
        kind: root.contact.shown.blocked ? PushButton.Plain : PushButton.DangerSoft
        text: root.contact.shown.blocked ? qsTr("Unblock %1").arg(root.contact.shown.name) : qsTr("Block %1").arg(root.contact.shown.name)
        onClicked: root.contact.setBlocked(!root.contact.shown.blocked)
      }
      PushButton {
        id: forget
        visible: root.contact.shown.kept
        text: qsTr("Forget %1").arg(root.contact.shown.name)
        onClicked: root.ask()
      }
    }
    Loader {
      width: parent.width
      active: root.forgetting
      visible: active
      sourceComponent: Strip {
        glyph: "warning"
        mark: Theme.caution
        color: Theme.cautionSoft
        border.width: 1
        border.color: Theme.caution
        title: qsTr("Forget %1?").arg(root.contact.shown.name)
        advice: qsTr("Their name, your note, your choices and the fact that you verified or blocked them are deleted. If somebody else later uses this name, Foyer cannot warn you.")
        PushButton {
          text: qsTr("Keep")
          onClicked: {
            root.forgetting = false;
            forget.forceActiveFocus(Qt.TabFocusReason);
          }
          Component.onCompleted: forceActiveFocus(Qt.TabFocusReason)
        }
        PushButton {
          kind: PushButton.DangerSoft
          text: qsTr("Forget")
          onClicked: root.contact.forget()
        }
      }
    }
  }
}
